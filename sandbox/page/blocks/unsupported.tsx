/** The box for what nobody here can draw. Tests look for its class: Salvor sends nothing that ends in one. */
export function Unsupported({ type }: { readonly type: string }) {
  return <div className="unsupported">This page cannot show “{type}”</div>
}
