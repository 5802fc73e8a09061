import type { Texts } from '../localize.js';
import type { JoinKey } from './en.js';

export const hi: Texts<JoinKey> = {
  $code: 'hi',
  $name: 'हिन्दी',
  $dir: 'ltr',

  joinLabel: 'सहायता एजेंट से मिला कोड',
  joinButton: 'जुड़ें',
  joinJoining: 'जोड़ा जा रहा है…',
  joinWrong: 'यह कोड गलत है, पहले इस्तेमाल हो चुका है या पुराना है। एजेंट से नया कोड माँगें।',
  joinTooMany: 'बहुत ज़्यादा कोशिशें हुईं। एक मिनट रुककर फिर कोशिश करें।',
  joinFailed: 'सर्वर से जवाब नहीं मिल रहा है। फिर कोशिश करें।',
  joinJoined: 'कनेक्शन हो गया है। आपकी अनुमति के बिना कुछ भी साझा नहीं होता।',
};
