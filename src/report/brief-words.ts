/** Sentences of the brief; `{…}` is filled in. Without names of jobs, steps or tools: readers know neither. */
export interface BriefWords {
  readonly headline: {
    readonly open: string
    readonly back: string
    readonly recovered: string
    readonly closed: string
  }
  readonly now: {
    readonly looking: string
    readonly working: string
    readonly restoring: string
    readonly deciding: string
    /** While it is asked for as well as while it is done. */
    readonly undoing: string
    readonly stuck: string
    /** After data was brought back. */
    readonly stuckLater: string
    readonly back: string
    readonly whole: string
    readonly part: string
    readonly rest: string
    readonly recovered: string
    readonly closed: string
    readonly unrecovered: string
  }
  readonly labels: {
    readonly now: string
    readonly when: string
    readonly lost: string
    readonly word: string
    readonly lead: string
  }
  readonly due: string
  readonly overdue: string
  readonly noPromise: string
  readonly nothingLost: string
  readonly lossUnknown: string
  readonly asOf: string
}

const en: BriefWords = {
  headline: {
    open: '{title}: being worked on',
    back: '{title}: the data is back, the rest is being looked at',
    recovered: '{title}: service is back',
    closed: '{title}: over',
  },
  now: {
    looking: 'The people on it are looking into it.',
    working: 'Work is under way.',
    restoring: 'The data is being brought back from a backup.',
    deciding: 'The next step is prepared; a second person is deciding about it.',
    undoing: 'What was brought back is being taken back, or somebody decides about that.',
    stuck: 'An attempt did not come to its end. The people on it decide how to go on.',
    stuckLater: 'A later attempt did not come to its end. The people on it decide how to go on.',
    back: 'The data of {system} is back since {since}, as it was at {asOf}.',
    whole: 'It was compared with the backup, and nothing differs.',
    part: 'Not all of it could be compared with the backup, or people went on over differences.',
    rest: 'Whether everything else works is still being looked at.',
    recovered: 'Service is back since {time}. It is still being looked after.',
    closed: 'It is over since {time}.',
    unrecovered: 'It was closed at {time} without word that service is back.',
  },
  labels: { now: 'Now', when: 'By when', lost: 'Lost', word: 'Latest word', lead: 'Led by' },
  due: 'Service is to be back by {time}.',
  overdue: 'It was to be back by {time}, which did not hold.',
  noPromise: 'No time is promised yet.',
  nothingLost: 'Nothing is known to be lost.',
  lossUnknown: 'Not known yet: nothing was brought back so far.',
  asOf: 'As of {time} · severity {severity}',
}

const ko: BriefWords = {
  headline: {
    open: '{title}: 복구 작업 중',
    back: '{title}: 데이터 복구됨, 나머지 확인 중',
    recovered: '{title}: 서비스 복구됨',
    closed: '{title}: 종료됨',
  },
  now: {
    looking: '담당자들이 원인을 살펴보고 있습니다.',
    working: '작업이 진행 중입니다.',
    restoring: '백업에서 데이터를 되돌리고 있습니다.',
    deciding: '다음 단계가 준비되었고, 다른 담당자의 승인을 기다리고 있습니다.',
    undoing: '되돌린 데이터를 다시 취소하는 중이거나, 취소할지 정하고 있습니다.',
    stuck: '한 번의 시도가 끝까지 가지 못했습니다. 담당자들이 다음 방법을 정하고 있습니다.',
    stuckLater: '그 뒤의 시도가 끝까지 가지 못했습니다. 담당자들이 다음 방법을 정하고 있습니다.',
    back: '데이터 복구됨: {system}, {since}부터, {asOf} 시점 기준.',
    whole: '백업과 비교한 결과 차이가 없습니다.',
    part: '일부는 백업과 비교하지 못했거나, 차이를 확인하고도 진행했습니다.',
    rest: '나머지가 모두 정상인지는 아직 확인 중입니다.',
    recovered: '{time}부터 서비스가 복구되었습니다. 계속 지켜보고 있습니다.',
    closed: '{time}에 종료되었습니다.',
    unrecovered: '서비스 복구 확인 없이 {time}에 종료되었습니다.',
  },
  labels: { now: '현재', when: '예상 시각', lost: '손실', word: '최근 안내', lead: '책임자' },
  due: '{time}까지 서비스를 복구할 예정입니다.',
  overdue: '{time}까지 복구할 예정이었으나 지키지 못했습니다.',
  noPromise: '아직 약속된 시각이 없습니다.',
  nothingLost: '잃은 것으로 알려진 데이터가 없습니다.',
  lossUnknown: '아직 알 수 없습니다. 지금까지 복구된 데이터가 없습니다.',
  asOf: '{time} 기준 · 심각도 {severity}',
}

export const briefWords = { en, ko } as const
