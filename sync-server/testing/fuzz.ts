import { fuzzHonest } from './fuzz-honest.js';
import { fuzzHostile } from './fuzz-hostile.js';

/** `npm run fuzz -- [seed] [updates]`: both fuzzers, for longer than in the tests. */
const [given, count = '500000'] = process.argv.slice(2);
const seed = Number(given ?? Math.floor(Math.random() * 2 ** 32));
const updates = Number(count);
if (!Number.isInteger(seed) || !Number.isInteger(updates)) throw new TypeError('npm run fuzz -- [seed] [updates]');

const share = 20_000;
const say = (text: string) => process.stdout.write(`${text}\n`);
say(`seed ${seed}, ${updates} updates each: to repeat, npm run fuzz -- ${seed} ${updates}`);
for (const [name, fuzz] of Object.entries({ honest: fuzzHonest, hostile: fuzzHostile })) {
  for (let done = 0, part = seed; done < updates; done += share, part++)
    say(`${name}, seed ${part}: ${JSON.stringify(fuzz(part, Math.min(share, updates - done)))}`);
}
