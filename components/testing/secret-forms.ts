/** How a secret was written where it was found. */
export type SecretForm = 'plain' | 'uri' | 'base64' | 'hex' | 'utf-16' | 'html';

export interface Found {
  /** Name of the secret: itself, unless the list gave it another. */
  readonly name: string;
  readonly form: SecretForm;
  /** Where in the text. */
  readonly at: number;
  readonly length: number;
}

/** Fewer characters occur by chance. */
const LEAST_LENGTH = 4;

/** Looks for secrets in a text, in any of the forms that they may have there. */
export class SecretFinder {
  /** By lower-case form, or by form as it is for base64, which knows case. */
  readonly #forms = new Map<string, { name: string; form: SecretForm }>();
  readonly #expression: RegExp;

  /**
   * @param secrets a list, or names with the secret of each
   * @throws {RangeError} for a secret of less than 4 characters: it would be found by chance.
   */
  constructor(secrets: readonly string[] | Readonly<Record<string, string>>) {
    const entries = Array.isArray(secrets)
      ? (secrets as string[]).map((secret) => [secret, secret] as const)
      : Object.entries(secrets as Record<string, string>);
    for (const [name, secret] of entries) this.#add(name, secret);
    this.#expression = new RegExp(sourceOf(this.#forms.keys()), 'gi');
  }

  /** Each place where one begins. */
  find(text: string): Found[] {
    const found: Found[] = [];
    this.#expression.lastIndex = 0;
    for (let match = this.#expression.exec(text); match; match = this.#expression.exec(text)) {
      const [hit] = match;
      const entry = this.#forms.get(hit) ?? this.#forms.get(hit.toLowerCase());
      if (entry) found.push({ ...entry, at: match.index, length: hit.length });
      else this.#expression.lastIndex = match.index + 1;
    }
    return found;
  }

  #add(name: string, secret: string): void {
    if (secret.length < LEAST_LENGTH)
      throw new RangeError(`a secret of less than ${LEAST_LENGTH} characters: ${secret}`);
    const bytes = new TextEncoder().encode(secret);
    const put = (form: SecretForm, text: string) => {
      const key = form === 'base64' ? text : text.toLowerCase();
      if (!this.#forms.has(key)) this.#forms.set(key, { name, form });
    };
    put('plain', secret);
    const uri = encodeURIComponent(secret);
    for (const text of [uri, encodeURIComponent(uri), uri.replaceAll('%20', '+')]) put('uri', text);
    for (const text of base64Forms(bytes)) put('base64', text);
    put('hex', [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
    put('utf-16', Array.from(secret).join('\u0000'));
    put('html', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'));
    put('html', Array.from(secret, (sign) => `&#${sign.codePointAt(0)};`).join(''));
  }
}

/** As part of something longer: it may begin at each of three places in a group. Both alphabets. */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const padded = new Uint8Array(shift + bytes.length);
    padded.set(bytes, shift);
    const text = btoa(String.fromCharCode(...padded)).replace(/=+$/, '');
    // the first signs mix with what is before it, the last one with what is behind it
    const whole = (shift + bytes.length) % 3 === 0;
    const sure = text.slice(Math.ceil((shift * 4) / 3), whole ? undefined : -1);
    return sure.length < LEAST_LENGTH ? [] : [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

interface Branch extends Map<string, Branch> {
  readonly size: number;
}

/** One expression for many words, with what they begin with in common: it is much faster than one after the other. */
function sourceOf(words: Iterable<string>): string {
  const root: Branch = new Map();
  for (const word of words) {
    let branch = root;
    for (const unit of word.split('')) {
      let next = branch.get(unit);
      if (!next) branch.set(unit, (next = new Map()));
      branch = next;
    }
    branch.set('', new Map<string, Branch>());
  }
  return root.size === 0 ? '(?!)' : sourceOfBranch(root);
}

function sourceOfBranch(branch: Branch): string {
  const isEnd = branch.has('');
  const sources = [...branch]
    .filter(([unit]) => unit !== '')
    .map(([unit, next]) => escape(unit) + sourceOfBranch(next));
  if (sources.length === 0) return '';
  return `(?:${sources.join('|')})${isEnd ? '?' : ''}`;
}

function escape(unit: string): string {
  return unit.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
}
