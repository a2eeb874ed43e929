import type { ComponentChildren, JSX } from "preact";
import { usePage } from "./pageContext";

type GoProps = { readonly to: string; readonly children?: ComponentChildren } & Omit<JSX.HTMLAttributes<HTMLAnchorElement>, "href" | "onClick">;

/** A link inside the site: a real address for new tabs and keyboards, a change of view for a plain click. */
export function Go({ to, children, ...rest }: GoProps) {
  const { go } = usePage();
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={to} onClick={follow}>{children}</a>;
}
