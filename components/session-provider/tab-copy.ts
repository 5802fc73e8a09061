import { homeLock } from './tab-locks.js';
import { openTabs, presence } from './tabs.js';

/** A home that holds its lock and doesn't answer in this time is busy, but there. */
const ANSWER_MILLISECONDS = 1000;

/** Whether the session that this tab remembers goes on in another tab, of which this one is a copy. */
export async function isSharedElsewhere(server: string, session: string): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return false;
  const name = homeLock(server);
  try {
    const isHeld = await locks.request(name, { ifAvailable: true }, (lock) => !lock);
    return isHeld && (await isAnswered(locks, name, server, session));
  } catch {
    return false;
  }
}

/** Held by the page that is just being left for this one, or by another tab, which answers. */
function isAnswered(locks: LockManager, name: string, server: string, session: string): Promise<boolean> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    const timer = setTimeout(() => settle(true), ANSWER_MILLISECONDS);
    const channel = openTabs(server, (message) => {
      if (message.type === 'home' && message.session === session) settle(true);
    });
    const settle = (isShared: boolean) => {
      clearTimeout(timer);
      controller.abort();
      channel.close();
      resolve(isShared);
    };
    channel.post(presence());
    locks.request(name, { signal: controller.signal }, () => settle(false)).catch(() => undefined);
  });
}
