import { ConfigurationError } from './options.js';
import {
  flagOf,
  LATER,
  readSecretFile,
  applySetting,
  SETTINGS,
  type CommandOptions,
  type Setting,
} from './settings.js';

export interface Command {
  options: CommandOptions;
  /** What `--print-config` shows: each setting in force, secrets hidden. */
  shown: Record<string, unknown>;
  printConfig: boolean;
  help: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment, and flags of the same names, which count more.
 *
 * @throws {ConfigurationError} that names everything that is wrong, one line each.
 */
export function readCommand(environment: Environment, argv: readonly string[]): Command {
  const problems: string[] = [];
  const attempt = <T>(task: () => T): T | undefined => {
    try {
      return task();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(error.message);
      return undefined;
    }
  };
  const { flags, printConfig, help } = readFlags(argv, problems);
  problems.push(...unknownVariables(environment));
  const options: CommandOptions = {};
  const shown: Record<string, unknown> = {};
  for (const setting of SETTINGS) {
    const text = attempt(() => readText(setting, environment, flags));
    if (setting.default !== undefined) shown[setting.env] = setting.default;
    // an empty variable is one that isn't set
    if (text === undefined || (text === '' && setting.kind !== 'switch')) continue;
    attempt(() => {
      const value = applySetting(options, setting, text);
      shown[setting.env] = setting.secret ? '[hidden]' : value;
    });
  }
  if (problems.length > 0 && !help) throw new ConfigurationError(problems.join('\n'));
  return { options, shown, printConfig, help };
}

/** The text of `--help`. */
export function helpText(): string {
  const rows = SETTINGS.map((setting) => {
    const { env, help, secret, default: value } = setting;
    const names = `  --${flagOf(setting)}, ${env}${secret ? ', ' + env + '_FILE' : ''}`;
    return `${names}\n      ${help}${value === undefined ? '' : ` (${value})`}`;
  });
  return [
    'cobrowse-sync-server [flags]',
    '',
    'The sync server of Cobrowse Kit. Settings come from the environment; flags count more. Times are in seconds.',
    '',
    ...rows,
    '  --print-config',
    '      Shows the settings in force, secrets hidden, and ends',
    '  --help',
    '',
  ].join('\n');
}

function readFlags(argv: readonly string[], problems: string[]) {
  const flags = new Map<string, string>();
  let [printConfig, help] = [false, false];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, given] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    const setting = SETTINGS.find((one) => flagOf(one) === name || (one.secret && `${flagOf(one)}-file` === name));
    if (word === '--help' || word === '-h') help = true;
    else if (name === 'print-config') printConfig = true;
    else if (LATER.some((env) => flagOf({ env }) === name)) problems.push(`--${name} is not in this version`);
    else if (!setting) problems.push(`unknown flag ${word.split('=')[0]}`);
    else if (given !== undefined) flags.set(name!, given);
    else if (setting.kind === 'switch') flags.set(name!, 'true');
    else if (rest[0] === undefined || rest[0].startsWith('--')) problems.push(`--${name} needs a value`);
    else flags.set(name!, rest.shift()!);
  }
  return { flags, printConfig, help };
}

function unknownVariables(environment: Environment): string[] {
  const known = new Set(SETTINGS.flatMap(({ env, secret }) => (secret ? [env, `${env}_FILE`] : [env])));
  return Object.keys(environment)
    .filter((name) => name.startsWith('COBROWSE_') && !known.has(name))
    .map((name) => (LATER.includes(name) ? `${name} is not in this version` : `unknown setting ${name}`));
}

function readText(setting: Setting, environment: Environment, flags: ReadonlyMap<string, string>): string | undefined {
  const { env, secret } = setting;
  const flag = flagOf(setting);
  const from = (direct: string | undefined, file: string | undefined) => {
    if (direct && file) throw new ConfigurationError(`${env} and ${env}_FILE are both set`);
    return direct ?? (file ? readSecretFile(`${env}_FILE`, file) : undefined);
  };
  return (
    from(flags.get(flag), secret && flags.get(`${flag}-file`)) ??
    from(environment[env], secret && environment[`${env}_FILE`])
  );
}
