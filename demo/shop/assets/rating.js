/** `<halden-rating value="4.7" reviews="96">`: stars in a shadow root, as a shop's own design system has them. */
class HaldenRating extends HTMLElement {
  static sheet = new CSSStyleSheet();

  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [HaldenRating.sheet];
    const value = Number(this.getAttribute('value'));
    const reviews = this.getAttribute('reviews');
    const stars = document.createElement('span');
    stars.className = 'stars';
    stars.style.setProperty('--share', `${(value / 5) * 100}%`);
    stars.ariaHidden = 'true';
    stars.textContent = '★★★★★';
    const words = document.createElement('span');
    words.className = 'words';
    words.textContent = reviews ? `${value.toFixed(1)} (${reviews})` : `${value} of 5`;
    root.append(stars, words);
  }
}

HaldenRating.sheet.replaceSync(`
  :host { display: inline-flex; align-items: center; gap: .45em; font-size: .875rem; }
  .stars { letter-spacing: .08em; color: transparent; background-image: linear-gradient(90deg, #d9920a var(--share), #9aa0ae66 var(--share)); background-clip: text; -webkit-background-clip: text; }
  .words { color: var(--quiet); }
`);
customElements.define('halden-rating', HaldenRating);
