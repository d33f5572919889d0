/** Errors of config files and of their replacement. */
export const fileErrors = {
  config_none: {
    says: 'The plan names no config files of {service}.',
    hint: 'Add path and versions under `systems.{service}.config`.',
  },
  config_which: {
    says: '{service} has {count} config files{seen}.',
    hint: 'Say which: `config {service} --file <name>`. It has: {known}.',
  },
  config_no_version: {
    says: 'There is no version of {path} in {folder}{others}.',
    hint: 'A version is called {example}, or is a folder with such a file. Put one there, then Retry.',
  },
  config_choose: {
    says: 'Nothing says which version of {path} is the right one: {seen}.',
    hint: 'Look into {folder} and say which: `config {service} --version {example}`. It has {known}.',
  },
  config_not_version: {
    says: '"{name}" in {folder} is no version of {path}: {seen}.',
    hint: 'Nothing was changed. Its versions are {known}; whatever else is meant has to get a name of that kind first.',
  },
  config_version_unknown: {
    says: '{folder} has no version "{version}" of {path}.',
    hint: 'It has {known}. Did you mean `--version {nearest}`?',
  },
  config_refused: {
    says: 'No version of {path} passed its test: {seen}.',
    hint: 'Nothing was changed. Mend a version in {folder}, or its `test` in the plan, then Retry.',
  },
  config_unwell: {
    says: '{service} was well before {path} was replaced and is not any more: {seen}.',
    hint: '`undo {job}` puts the old file back; `restart {service}` lets it read the new one.',
  },
  config_not_replaced: {
    says: '{job} replaced no config file, so there is none to put back.',
    hint: '`status` lists the jobs that can be undone.',
  },
  file_missing: { says: 'There is no {path}.', hint: 'Put a file there by hand, or correct the plan, then Retry.' },
  file_link: {
    says: '{path} is a link that leads elsewhere ({target}).',
    hint: 'Nothing was changed. Name the file itself in the plan, or put a regular file there.',
  },
  file_not_regular: {
    says: '{path} is a {kind}, not a file.',
    hint: 'Nothing was changed. Correct the path in the plan, then say it again.',
  },
  file_too_big: {
    says: '{path} has {bytes} bytes; config files have at most {most}.',
    hint: 'Nothing was changed. Correct the path in the plan, or replace this file by hand.',
  },
  file_rights: {
    says: '{account} may not {action} {path} ({seen}).',
    hint: 'Give {account} that right, or run the worker as the owner of the file, then Retry.',
  },
  file_mounted: {
    says: '{path} cannot be replaced: it is mounted there by itself ({seen}), as into a container.',
    hint: 'Nothing was changed. Replace the file that it is mounted from, or mount its folder instead, then say it again.',
  },
  file_across: {
    says: '{path} cannot be replaced in one move: its folder is on more than one file system.',
    hint: 'The old file is in its place. Replace it by hand, or correct the path in the plan.',
  },
  file_running: {
    says: '{path} is a program that runs, not a config file.',
    hint: 'The old file is in its place. Correct the path in the plan.',
  },
  file_no_space: {
    says: 'There is no space left where {path} is.',
    hint: 'The old file is in its place. Free space, then Retry.',
  },
  file_written_badly: {
    says: '{path} does not hold what was written into it.',
    hint: 'The old file is in its place. Look at the disk, then Retry.',
  },
  file_changed: {
    says: '{path} is not what was shown: it was changed at {at} and belongs to {owner}.',
    hint: 'Nothing was replaced. Look at it, then say `config` again: it shows the new difference.',
  },
  file_kept_taken: {
    says: '{path} is there already and is another file.',
    hint: 'Nothing was replaced. Move it away, then Retry.',
  },
} as const
