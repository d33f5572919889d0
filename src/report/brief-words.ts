/** Sentences of the brief; `{…}` is filled in. Without names of jobs, steps or tools: readers know neither. */
export interface BriefWords {
  readonly headline: { readonly open: string; readonly recovered: string; readonly closed: string }
  readonly now: {
    readonly looking: string
    readonly working: string
    readonly restoring: string
    readonly deciding: string
    readonly stuck: string
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
  readonly asOf: string
}

const en: BriefWords = {
  headline: { open: '{title}: being worked on', recovered: '{title}: service is back', closed: '{title}: over' },
  now: {
    looking: 'The people on it are looking into it.',
    working: 'Work is under way.',
    restoring: 'The data is being brought back from a backup.',
    deciding: 'The next step is prepared; a second person is deciding about it.',
    stuck: 'An attempt did not come to its end. The people on it decide how to go on.',
    recovered: 'Service is back since {time}. It is still being looked after.',
    closed: 'It is over since {time}.',
    unrecovered: 'It was closed at {time} without word that service is back.',
  },
  labels: { now: 'Now', when: 'By when', lost: 'Lost', word: 'Latest word', lead: 'Led by' },
  due: 'Service is to be back by {time}.',
  overdue: 'It was to be back by {time}, which did not hold.',
  noPromise: 'No time is promised yet.',
  nothingLost: 'Nothing is known to be lost.',
  asOf: 'As of {time} · severity {severity}',
}

const ko: BriefWords = {
  headline: { open: '{title}: 복구 작업 중', recovered: '{title}: 서비스 복구됨', closed: '{title}: 종료됨' },
  now: {
    looking: '담당자들이 원인을 살펴보고 있습니다.',
    working: '작업이 진행 중입니다.',
    restoring: '백업에서 데이터를 되돌리고 있습니다.',
    deciding: '다음 단계가 준비되었고, 다른 담당자의 승인을 기다리고 있습니다.',
    stuck: '한 번의 시도가 끝까지 가지 못했습니다. 담당자들이 다음 방법을 정하고 있습니다.',
    recovered: '{time}부터 서비스가 복구되었습니다. 계속 지켜보고 있습니다.',
    closed: '{time}에 종료되었습니다.',
    unrecovered: '서비스 복구 확인 없이 {time}에 종료되었습니다.',
  },
  labels: { now: '현재', when: '예상 시각', lost: '손실', word: '최근 안내', lead: '책임자' },
  due: '{time}까지 서비스를 복구할 예정입니다.',
  overdue: '{time}까지 복구할 예정이었으나 지키지 못했습니다.',
  noPromise: '아직 약속된 시각이 없습니다.',
  nothingLost: '잃은 것으로 알려진 데이터가 없습니다.',
  asOf: '{time} 기준 · 심각도 {severity}',
}

export const briefWords = { en, ko } as const
