/** Errors of services, hosts and health checks. */
export const serviceErrors = {
  host_away: {
    says: '{host} does not answer over ssh: {seen}.',
    hint: 'Look whether the machine is up and can be reached from the worker, then Retry.',
  },
  host_key: {
    says: 'The key of {host} is not the pinned one: {seen}.',
    hint: 'Find out why it changed; if that is right, compare its fingerprint on the machine and write it to `knownHosts`.',
  },
  host_path: {
    says: 'OpenSSH would read names of variables in the path {path}.',
    hint: 'Give `knownHosts` and `identity` paths without a dollar sign and braces.',
  },
  host_refuses: {
    says: '{host} does not let the worker in: {seen}.',
    hint: 'Put the public key of `identity` into its account there, then Retry.',
  },
  host_unfit: {
    says: '{host} could not do what was asked (exit code {code}): {seen}.',
    hint: 'It needs a POSIX shell, a home folder that the account can write to, and free space there. Then Retry.',
  },
  host_vanished: {
    says: 'The command on {host} is gone without an exit code: somebody ended it, or the machine started anew.',
    hint: 'It may have done all of it or a part. Look at {host}, then Retry: that begins the command once more.',
  },
  host_forgot: {
    says: 'What {host} knew of the command is gone from `~/.salvor` there.',
    hint: 'It may have done all of it or a part. Look at {host}, then Retry: that begins the command once more.',
  },
  host_broke: {
    says: 'The connection to {host} broke off, and the command may be at work there: {seen}.',
    hint: 'Look at {host} before anything else; Retry begins the command once more.',
  },
  host_idle: {
    says: 'The command was handed to {host} and never began there.',
    hint: 'It will not begin any more. Look why the machine starts nothing, then Retry.',
  },
  service_unit_unknown: { says: 'There is no unit {unit}.', hint: 'Check `unit:` of {service} in the plan.' },
  service_not_restarted: {
    says: '{service} was not restarted: {seen}.',
    hint: 'Read the last lines below, mend the cause, then Retry.',
  },
  service_died: {
    says: '{service} died after {seconds} s; the start command had said {said}.',
    hint: 'Read the last lines below, mend the cause, then Retry.',
  },
  service_same_process: {
    says: '{service} is still the process from before ({seen}).',
    hint: 'The restart did not happen. Check the command in the plan, then Retry.',
  },
  service_unhealthy: {
    says: '{service} runs but its health check did not pass within {within}: {seen}.',
    hint: 'Read the last lines below, mend the cause, then Retry.',
  },
  service_command_hangs: {
    says: 'The {command} command of {service} did not end within {seconds} s and was ended.',
    hint: 'It may have done a part: look at {service}. Mend the command in the plan, which must return, then Retry.',
  },
  service_identity_moves: {
    says: '`identity` of {service} prints something else at every look, so it does not say which process it is.',
    hint: 'The command was run; whether {service} is a new process is not proven. Let `identity` print the process id, then Retry.',
  },
  service_not_stopped: {
    says: '{service} still runs after it was told to stop: {seen}.',
    hint: 'Read the last lines below, stop it by hand if need be, then Retry.',
  },
  service_not_started: {
    says: '{service} does not run after it was told to start: {seen}.',
    hint: 'Read the last lines below, mend the cause, then Retry.',
  },
  service_no_command: {
    says: 'The plan does not say how to {command} {service}.',
    hint: 'Give {service} a `unit:` or a `{command}:` in the plan.',
  },
  config_elsewhere: {
    says: 'The files of {service} are on {host}, and files are put back only by a worker on their own machine.',
    hint: 'Start a worker there with a `worker:` name of its own, or replace the file by hand and `restart {service}`.',
  },
  service_elsewhere: {
    says: '{service} runs on {host}, and this worker is {here}.',
    hint: 'Start a worker on {host} and name it with `worker:` of {service} in the plan.',
  },
  system_not_frozen: {
    says: '{system} still accepts connections after it was held off.',
    hint: 'Somebody may have opened it again. Look at it, then Retry.',
  },
  tool_missing: { says: 'The program {tool} is not on this machine.', hint: 'Install {package} on the worker.' },
  tool_not_started: {
    says: '{tool} could not be started: {seen}.',
    hint: 'Look whether {tool} is a program that the account of the worker may run, then Retry.',
  },
  tool_failed: { says: '{tool} ended with {code}: {seen}.', hint: 'Read the last lines below, then Retry.' },
} as const
