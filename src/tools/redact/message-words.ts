/** Words of which messages of servers, drivers and loaders are made. None of them by itself makes a text one. */
const vocabulary = new Set(
  `a aborted above access acquire acquired active actual add address after again all allocate allowed already an and another any are argument arguments as assignment at attempt attempts authentication available back bad be because been before below between block blocked broken buffer but by call cancel canceled cancelled cannot canceling cancelling cast certificate change changes character characters check child client closed cluster code collation column columns command commit committed communication complete completed concurrent configuration conflict conflicting conflicts connect connecting connection connections constraint contain contained contains conversion convert converting copy could couldn't count create created cursor cycle data database date deadlock declared default defined delete deleted delimiter denied dependent depends detected did didn't digit digits directory disk do does doesn't done down driver drop dropped due duplicate duplicated during each empty encoding end enough entry error errors establish exceed exceeded exceeds exception exclusion execute executing execution exist existing exists expected expired expression extension extra fail failed failing fails failure fatal fetch field fields file fill find first for foreign format found from full function generated group handle has have header host identity if illegal in incomplete incompatible incorrect index input insert inserted insufficient integer integrity internal interrupted into invalid is isn't it its join json key keys language large last left length limit line link load local lock locked locks long longer lost mandatory match matches matching maximum may memory message minimum mismatch missing mode more must name names necessary network new newline no node non not nothing null number numeric object occurred of off offset on only open operation operations operator option or order other out over overflow owner packet page parameter parameters parent parse parsing partition password peer permission permissions persist pipe policy pool port position precision prepare prepared present primary privilege privileges process processing protocol provided quota quote range read reached read-only receive received record records recovery reference referenced references referential refused rejected relation relations release removed replica replication request required requires reset resource resources restart result return returned role rollback rolled row rows rule runtime schema select send sequence serialization serialize server session set should size slot socket source space specified state statement still stop stopped storage stored string supplied support supported supports syntax system table tables target temporary terminated terminating text than that the there this time timed timeout timestamp to token too transaction trigger truncate truncated truncation try trying type types unable unavailable undefined unexpected unhandled unique unknown unreachable unrecognized unsupported until up update updated use used user using valid validation value values variable version view violate violated violates violating violation wait waiting warning was were when where which while with within without write writing wrong zero`.split(
    ' ',
  ),
)
/** What such a word names stands right behind it. */
const naming =
  /^(?:table|relation|column|columns|constraint|index|key|keys|schema|database|view|function|type|sequence|trigger|role|user|field|host|server|extension|file|partition|slot|object|parameter|option)$/
/** Names of things by their form, numbers, and what is quoted: data in quotes is hidden where it stands. */
const technical =
  /^(?:\\{0,7}["'`[].*|[A-Za-z]\w*_\w*|[a-z]+(?:[A-Z][a-z]+)+|[A-Z][A-Z\d_]+|(?:[a-z]\w*\.){1,4}[a-z]\w*\(?\)?|[\w.]*[a-z](?:Exception|Error)|\d{1,12}|[-–=/]|‹.*)$/

/** Whether a text says by all of its words that something went wrong; a name or a note of a person's does not. */
export function isMessage(text: string): boolean {
  const quoteless = text.replace(/\\{0,7}(["'`])(?:(?!\1)[^\n]){1,200}?\1/g, '"x"')
  const words = quoteless.split(/[\s,;:()]+/).filter((word) => word !== '')
  let known = 0
  for (const [at, word] of words.entries()) {
    const bare = word.toLowerCase().replace(/[.!?\]]+$/, '')
    if (vocabulary.has(bare) || bare.split('-').every((part) => vocabulary.has(part))) known += 1
    else if (!technical.test(word.replace(/[.!?]+$/, '')) && !naming.test(words[at - 1]?.toLowerCase() ?? ''))
      return false
  }
  return known > 0 && words.length > 1
}
