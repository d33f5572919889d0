import 'slack-blocks-to-jsx/dist/style.css'
import { Message } from 'slack-blocks-to-jsx'

/** The whole page. */
export function App() {
  return <Message blocks={[]} logo="" name="salvor" withoutWrapper />
}
