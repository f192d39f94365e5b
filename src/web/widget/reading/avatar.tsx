/**
 * The author's picture if it is on the page's own site, else the initial. No third-party server learns who reads this
 * page.
 */
export function Avatar({ author: { name, picture } }: { author: { name: string; picture: string | null } }) {
  return picture?.startsWith(`${location.origin}/`) ? (
    <img class="avatar" part="picture" src={picture} alt="" />
  ) : (
    <i class="avatar" part="picture" aria-hidden="true">
      {[...name][0]}
    </i>
  );
}
