import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { SecretFinder } from './secret-forms.js';

const found = (finder: SecretFinder, text: string) => finder.find(text).map(({ name, form }) => `${name} ${form}`);

describe('the finder of secrets', () => {
  it('finds a secret in each form that it may have', () => {
    const finder = new SecretFinder({ iban: 'NL91 ABNA/0417+16' });
    const secret = 'NL91 ABNA/0417+16';
    expect(found(finder, `x${secret}y`)).to.eql(['iban plain']);
    expect(found(finder, secret.toLowerCase())).to.eql(['iban plain']);
    expect(found(finder, `?q=${encodeURIComponent(secret)}`)).to.eql(['iban uri']);
    expect(found(finder, `?q=${encodeURIComponent(encodeURIComponent(secret))}`)).to.eql(['iban uri']);
    expect(found(finder, new URLSearchParams({ q: secret }).toString())).to.eql(['iban uri']);
    expect(found(finder, Array.from(new TextEncoder().encode(secret), (byte) => byte.toString(16)).join(''))).to.eql([
      'iban hex',
    ]);
    expect(found(finder, 'NL92 ABNA/0417+16 and nothing')).to.eql([]);
  });

  it('finds it in base64 wherever it stands in what was encoded', () => {
    const text = fc.string({ minLength: 4, maxLength: 12, unit: fc.constantFrom(...'abcXYZ089-_ /é'.split('')) });
    const around = fc.string({ maxLength: 9, unit: fc.constantFrom(...'mnop 123'.split('')) });
    fc.assert(
      fc.property(text, around, around, (secret, before, behind) => {
        const bytes = new TextEncoder().encode(before + secret + behind);
        const encoded = btoa(String.fromCharCode(...bytes));
        return new SecretFinder([secret]).find(encoded).some(({ form }) => form === 'base64');
      }),
      { examples: [['abcX', '', '']] },
    );
  });

  it('takes the longest where one begins as another does', () => {
    expect(found(new SecretFinder(['Ada Lo', 'Ada Lovelace']), 'Ada Lovelace')).to.eql(['Ada Lovelace plain']);
  });

  it('refuses one that is found by chance', () => {
    expect(() => new SecretFinder(['123'])).to.throw(RangeError);
  });
});
