import { expect } from '@open-wc/testing';
import { CobrowseError } from '../../protocol/errors.js';
import { codeIn, digitsOf, redeem } from './redeem.js';

describe('a code that is read out', () => {
  it('is its digits, in the scripts that keyboards write, with whatever stands between', () => {
    expect(digitsOf(' 123-456 ')).to.equal('123456');
    expect(digitsOf('٠١٢ ٣٤٥')).to.equal('012345');
    expect(digitsOf('۶۷۸۹')).to.equal('6789');
    expect(digitsOf('०९')).to.equal('09');
    expect(digitsOf('１２３')).to.equal('123');
    expect(digitsOf('no code')).to.equal('');
  });

  it('is found behind #cobrowse= only', () => {
    expect(codeIn('#cobrowse=123456')).to.equal('123456');
    for (const hash of [
      '',
      '#123456',
      '#cobrowse=',
      '#cobrowse=12345x',
      '#cobrowse=1/../2',
      `#cobrowse=${'1'.repeat(40)}`,
    ])
      expect(codeIn(hash), hash).to.equal(undefined);
  });

  it('names what went wrong', async () => {
    const nobody = await redeem('ws://127.0.0.1:9', '123456').catch((error: unknown) => error);
    expect(nobody).to.be.instanceOf(CobrowseError).with.property('code', 'connection-lost');
    // the server of the tests knows no codes
    const unknown = await redeem(location.origin, '123456').catch((error: unknown) => error);
    expect(unknown).to.be.instanceOf(CobrowseError).with.property('code', 'session-not-found');
  });
});
