import { expect } from '@open-wc/testing';
import { MODES, type Mode } from '../../protocol/vocabulary.js';
import { setText } from '../i18n/localize.js';
import { describeRequest } from './describe-request.js';

const ask = (mode: Mode, agent = 'Ann', limits?: { minutes: number }) => ({
  id: 'a:1',
  mode,
  agent: { id: 'a', name: agent },
  at: 0,
  expiresAt: 5000,
  hasMoreTime: false,
  ...(limits ? { limits } : {}),
});
const options = { locale: 'en', company: 'Northwind', site: 'northwind.example', device: 'desktop' } as const;

describe('describeRequest', () => {
  it('gives the words of screen share', () => {
    const words = describeRequest(ask('screen-share'), options);
    expect(words).to.deep.equal({
      id: 'screen-share',
      version: 1,
      title: 'Show Ann this tab?',
      body: 'Ann from Northwind will see the pages of northwind.example you open in this tab, as you use them.',
      points: [
        "Ann can point and draw on them, but can't click or type.",
        'Passwords, card details and fields we protect stay hidden.',
        'You can stop at any time.',
      ],
      allow: 'Allow',
      deny: 'Deny',
      expiresAt: 5000,
      dir: 'ltr',
      lang: 'en',
    });
  });

  it('says tap where one taps', () => {
    const { title, body } = describeRequest(ask('screen-share'), { ...options, device: 'mobile' });
    expect(title).to.equal('Show Ann this page?');
    expect(body).to.include("can't tap or type");
  });

  it('has words for each mode, in English and Arabic, with nothing left open', () => {
    for (const mode of MODES)
      for (const locale of ['en', 'ar'])
        for (const device of ['desktop', 'mobile'] as const)
          for (const withoutCapture of [false, true]) {
            const words = describeRequest(ask(mode), { ...options, locale, device, withoutCapture });
            const all = [words.title, words.body, ...words.points].join(' ');
            expect(all, all).not.to.match(/[{}]|undefined/);
            expect(words.points.length).to.be.above(1);
            expect(words.lang).to.equal(locale);
          }
  });

  it('does not speak of sending forms where that is kept for the consumer', () => {
    for (const device of ['desktop', 'mobile'] as const) {
      const all = describeRequest(ask('remote-control'), { ...options, device });
      const kept = describeRequest(ask('remote-control'), { ...options, device, keepSubmit: true });
      expect(all.body).to.match(/and to send forms\.$/);
      expect(kept.body).not.to.contain('forms');
      expect(kept.points).to.include('Only you can send forms. Check what is entered before you do.');
      expect(kept.points.length).to.equal(all.points.length);
    }
  });

  it('names who gives control up', () => {
    const { points } = describeRequest(ask('remote-control'), { ...options, controller: 'Bo' });
    expect(points[0]).to.equal('Bo will no longer be able to click and type.');
  });

  it('promises control for a time only where there is one', () => {
    expect(describeRequest(ask('remote-control', 'Ann', { minutes: 10 }), options).points).to.include(
      'For up to 10 minutes.',
    );
    expect(describeRequest(ask('remote-control'), options).points.join()).not.to.include('minutes');
  });

  it('names nobody where there is no name, and no company where there is none', () => {
    const words = describeRequest(ask('remote-control', ''), { ...options, company: '' });
    expect(words.title).to.equal('Let the agent click and type for you?');
    expect(words.body).to.match(/^The agent will be able/);
  });

  it('takes off what turns text around, and isolates a name of the other direction', () => {
    expect(describeRequest(ask('screen-share', 'Ann\u202E\u0007'), options).title).to.equal('Show Ann this tab?');
    expect(describeRequest(ask('screen-share', 'آمنة'), options).title).to.equal('Show \u2068آمنة\u2069 this tab?');
    expect(describeRequest(ask('screen-share'), { ...options, locale: 'ar' }).title).to.include('\u2068Ann\u2069');
  });

  it('has the words of setText', () => {
    setText('fr', { allow: 'Autoriser', 'screen-share.title': 'Montrer cet onglet à {agent} ?' });
    const words = describeRequest(ask('screen-share'), { ...options, locale: 'fr' });
    expect(words).to.include({ allow: 'Autoriser', title: 'Montrer cet onglet à Ann ?', lang: 'fr', deny: 'Deny' });
  });
});
