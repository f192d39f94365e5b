/** A picture of the page's own site, else the initial: nobody else's server hears who reads here. */
export function Avatar({ author: { name, picture } }: { author: { name: string; picture: string | null } }) {
  return picture?.startsWith(`${location.origin}/`) ? (
    <img class="avatar" part="picture" src={picture} alt="" />
  ) : (
    <i class="avatar" part="picture" aria-hidden="true">
      {[...name][0]}
    </i>
  );
}
