/** Shows on the app's icon how many uploads are under way, where the system has a place for that. */
export function badge(count: number) {
  if ('setAppBadge' in navigator) {
    void (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined);
  }
}
