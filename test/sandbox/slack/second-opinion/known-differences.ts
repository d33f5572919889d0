/** Lines in which the emulator (0.8.0) and the local Slack differ, and why the local Slack is as it is. */
export interface KnownDifferences {
  readonly why: string
  /** A page below https://docs.slack.dev/reference/ or an address; absent where taste decides and not Slack. */
  readonly source?: string
  readonly lines: readonly string[]
}

/** All that is known. A line that is not found any more has to go, as much as a new one has to be judged. */
export const knownDifferences: readonly KnownDifferences[] = [
  {
    why: 'The emulator takes a token that it does not know for its first person; Slack refuses it.',
    source: 'methods/auth.test#errors',
    lines: [
      'an unknown token: invalid_auth here, ok there',
      'an unknown token posts: invalid_auth here, channel_not_found there',
    ],
  },
  {
    why: 'Slack answers errors with status 200, which clients rely on: they try again after any other.',
    source: 'methods/chat.postMessage#errors (unknown_method)',
    lines: ['a method that does not exist: unknown_method here, HTTP 404 there'],
  },
  {
    why: 'The empty name has an error of its own.',
    source: 'methods/conversations.create#errors',
    lines: ['a channel without a name: invalid_name_required here, invalid_name_specials there'],
  },
  {
    why: 'The emulator lets a bot write and read in public channels that it never joined.',
    source: 'methods/chat.postMessage#errors, methods/conversations.history#errors (not_in_channel)',
    lines: [
      'a message to a channel without the bot: not_in_channel here, ok there',
      'messages of a channel without the bot: not_in_channel here, ok there',
    ],
  },
  {
    why: 'The emulator does not check blocks, text or lengths.',
    source: 'methods/chat.postMessage#errors, methods/chat.update#errors, methods/files.getUploadURLExternal#errors',
    lines: [
      'blocks that are no list: invalid_blocks_format here, invalid_blocks there',
      'a block that is too long: invalid_blocks here, ok there',
      'an edit of 4,001 characters: msg_too_long here, ok there',
      'a file of no length: missing_argument here, ok there',
    ],
  },
  {
    why: 'The channel is looked up before the message.',
    source: 'methods/chat.update#errors',
    lines: ['an edit in an unknown channel: channel_not_found here, message_not_found there'],
  },
  {
    why: 'The method has no other error for whoever is not in the channel, known or not.',
    source: 'methods/chat.postEphemeral#errors',
    lines: ['a note for an unknown person: user_not_in_channel here, user_not_found there'],
  },
  {
    why: 'The emulator makes a thread of any timestamp; Slack refuses one without a message.',
    source: 'methods/conversations.replies#errors; https://github.com/slackapi/bolt-js/issues/2307',
    lines: [
      'a reply to an unknown message: thread_not_found here, ok there',
      'a thread of an unknown message: thread_not_found here, ok there',
    ],
  },
  {
    why: 'The emulator knows neither pages nor ends of a thread, and counts `oldest` in without being asked to.',
    source: 'methods/conversations.replies, methods/conversations.history (limit, inclusive, latest_reply)',
    lines: [
      'the time of the last reply: true here, false there',
      'one message of a thread at a time: [1,true] here, [3,false] there',
      'messages since one: false here, true there',
      'a message.reply_users_count only here',
      'a message.latest_reply only here',
      'conversations.replies: response_metadata.next_cursor only here',
    ],
  },
  {
    why: 'Documented fields that the emulator leaves out.',
    source: 'methods/auth.test, methods/users.info, methods/files.info, methods/views.open, objects/message-object',
    lines: [
      'auth.test: is_enterprise_install only here',
      'a user.tz only here',
      'a user.tz_offset only here',
      'users.list: cache_ts only here',
      'a message.bot_id only here',
      'a message.app_id only here',
      'a message.team only here',
      'a message.blocks[].block_id only here',
      'reactions.get: channel only here',
      'files.info: response_metadata.next_cursor only here',
      'a view.blocks[].block_id only here',
      'a view.app_installed_team_id only here',
    ],
  },
  {
    why: 'The emulator lists no files for a channel that does not exist, where Slack knows no such channel.',
    source: 'methods/files.list',
    lines: [
      'the files of an unknown channel: channel_not_found here, ok there',
      // An empty list has a shape of its own.
      'files.list: files only there',
    ],
  },
  {
    why: 'Slack answers auth.test with neither an app id nor an app name.',
    source: 'methods/auth.test',
    lines: ['auth.test: app_id only there'],
  },
  {
    why: 'Of people: pictures, telephones and huddles. Nobody here has any.',
    lines: [
      'a user.profile.phone only there',
      'a user.profile.skype only there',
      'a user.profile.image_48 only there',
      'a user.profile.image_192 only there',
      'a user.profile.status_emoji_display_info only there',
      'a user.profile.huddle_state only there',
      'a user.profile.huddle_state_expiration_ts only there',
    ],
  },
  {
    why: 'Of channels: who made them and what was read. The local Slack keeps no record of either.',
    lines: [
      'a channel.is_open only there',
      'a channel.last_read only there',
      'a channel.creator only there',
      'a channel.created only there',
    ],
  },
  {
    why: 'Of bookmarks: ranks, icons and dates, for folders of bookmarks that the local Slack does not have.',
    lines: [
      'bookmarks.add: bookmark.emoji only there',
      'bookmarks.add: bookmark.icon_url only there',
      'bookmarks.add: bookmark.entity_id only there',
      'bookmarks.add: bookmark.date_created only there',
      'bookmarks.add: bookmark.date_updated only there',
      'bookmarks.add: bookmark.rank only there',
      'bookmarks.add: bookmark.last_updated_by_user_id only there',
      'bookmarks.add: bookmark.last_updated_by_team_id only there',
      'bookmarks.add: bookmark.shortcut_id only there',
      'bookmarks.add: bookmark.app_id only there',
    ],
  },
  {
    why: 'Of files: kinds, stars and addresses for downloads. The page of the local Slack shows files by their names.',
    lines: [
      'a file.mimetype only there',
      'a file.pretty_type only there',
      'a file.user_team only there',
      'a file.editable only there',
      'a file.external_type only there',
      'a file.public_url_shared only there',
      'a file.display_as_bot only there',
      'a file.comments_count only there',
      'a file.is_starred only there',
      'a file.has_rich_preview only there',
      'a file.shares.public.*[].channel_name only there',
      'a file.shares.public.*[].team_id only there',
      'a file.shares.public.*[].share_user_id only there',
      'a file.shares.public.*[].reply_count only there',
      'a file.shares.public.*[].reply_users only there',
      'a file.shares.public.*[].reply_users_count only there',
      'a file.shares.public.*[].is_silent_share only there',
      'files.info: paging only there',
    ],
  },
]
