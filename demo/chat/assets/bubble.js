/** Opens and closes the chat's panel, and counts what came in meanwhile. Whether it is open stays over pages. */
export function createBubble(part) {
  const storageKey = 'halden-chat-open';
  const [button, panel, unread] = [part('bubble'), part('panel'), part('unread')];
  let waiting = 0;

  function show(isOpen, focus) {
    panel.hidden = !isOpen;
    button.hidden = isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    sessionStorage.setItem(storageKey, String(isOpen));
    if (isOpen) waiting = 0;
    unread.hidden = waiting === 0;
    unread.textContent = waiting;
    if (isOpen) part('transcript').scrollTop = part('transcript').scrollHeight;
    if (focus) (isOpen ? part('form').elements.text : button).focus();
  }

  button.addEventListener('click', () => show(true, true));
  part('close').addEventListener('click', () => show(false, true));
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) show(false, true);
  });
  show(sessionStorage.getItem(storageKey) === 'true', false);

  return {
    open: () => show(true, false),
    /** On a small screen the chat hides the page: it steps back, as the page is what is looked at now. */
    closeIfCovering: () => {
      if (window.matchMedia('(width < 34rem)').matches) show(false, false);
    },
    announce: () => {
      if (!panel.hidden) return;
      waiting += 1;
      unread.hidden = false;
      unread.textContent = waiting;
      part('bubble-label').textContent = `Open the chat, ${waiting} new`;
    },
  };
}
