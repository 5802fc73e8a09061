/**
 * Runs one part of the bench, named on stderr.
 * @throws an error that names the step when it fails or isn't done in time.
 */
export async function step<Result>(name: string, seconds: number, run: () => Promise<Result>): Promise<Result> {
  console.error(`${name} ...`);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([run(), late]);
  } catch (cause) {
    throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
