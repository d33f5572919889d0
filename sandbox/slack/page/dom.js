/**
 * Makes an element. Strings become text nodes, never markup, so that no message can bring code along.
 * Properties that begin with `on` are listeners; `data` sets data attributes.
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false || value === null) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'class') element.className = value
    else if (name === 'data') Object.assign(element.dataset, value)
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat(3).filter((child) => child !== undefined && child !== null && child !== ''))
  return element
}

/** The element with an id that the page is known to have. */
export function find(id) {
  return document.getElementById(id)
}

/** Shows a list by key and version: what did not change keeps its place, its focus and its open parts. */
export function showList(parent, items, { key, version, render }) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]))
  let place = parent.firstElementChild
  for (const item of items) {
    const name = String(key(item))
    const edition = version(item)
    let element = known.get(name)
    known.delete(name)
    if (!element || element.dataset.version !== edition) {
      const fresh = render(item)
      Object.assign(fresh.dataset, { key: name, version: edition })
      if (element) {
        if (place === element) place = element.nextElementSibling
        element.replaceWith(fresh)
        if (element.dataset.version) fresh.classList.add('changed')
      }
      element = fresh
    }
    if (place === element) place = element.nextElementSibling
    else parent.insertBefore(element, place)
  }
  for (const left of known.values()) left.remove()
}

/** Runs a change of a scrolled list; whoever was at its end stays there. */
export function keepAtEnd(list, change) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60
  change()
  if (atEnd) list.scrollTop = list.scrollHeight
}
