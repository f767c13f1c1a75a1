// Écosanté: <ecosante-commune code="69123"> shows what is published for a commune.
// One request, for the file of the commune; no cookie, nothing stored, nobody else is told.
(() => {
  'use strict';

  // The sentences of each language, how many levels each scale has, and the language of a page that
  // says none: put here by widget.rs.
  const { sentences: SENTENCES, levels: LEVELS, language: LANGUAGE } = TABLE;
  const PROJECT = 'https://github.com/ecosante/ecosante';
  const SCHEMA = 1;
  const KINDS = ['air', 'pollen', 'episode', 'vigilance'];
  const CODE = /^\d[\dAB]\d{3}$/;
  // A file is asked for again when it may have changed, and never sooner than this.
  const REST = 30 * 60e3;
  const PATIENCE = 20e3;
  const DAY = 24 * 60 * 60e3;

  // A module has no current script, and import.meta is an error in all that is not a module.
  const HERE = document.currentScript?.src
    || [...document.scripts].map((it) => it.src).find((src) => /\/widget\.js([?#]|$)/.test(src))
    || document.baseURI;

  const STYLE = `
    :host {
      --card: #ffffff; --shade: #efece5; --ink: #1d1b18; --soft: #5a554d; --edge: #8a8377;
      --hairline: #dcd7cc; --accent: #1f4f8f;
      color-scheme: light; display: block; container-type: inline-size; min-inline-size: 0;
      font: 400 0.9375rem/1.45 "Atkinson Hyperlegible Next", system-ui, sans-serif;
      font-variant-numeric: tabular-nums; overflow-wrap: break-word;
    }
    :host([hidden]) { display: none; }
    :host([data-dark]) {
      --card: #1f1e1b; --shade: #2a2824; --ink: #eeebe4; --soft: #b5afa4; --edge: #857e72;
      --hairline: #37342f; --accent: #a3c4f3; color-scheme: dark;
    }
    * { box-sizing: border-box; margin: 0; padding: 0; font: inherit; }
    .card {
      background: var(--card); color: var(--ink); border: 1px solid var(--hairline);
      border-radius: 10px; padding: 16px;
    }
    .title { font-size: 1.25rem; font-weight: 700; line-height: 1.25; }
    .title:focus { outline: none; }
    .status:not(.heard) { margin-block-start: 8px; }
    .soft, .num, .note, dt, footer { color: var(--soft); }
    .day { margin-block-start: 16px; min-inline-size: 0; }
    .sub { font-weight: 700; margin-block-end: 4px; }
    .sub .soft { font-weight: 400; }
    .row { border-block-start: 1px solid var(--hairline); padding-block: 8px 10px; }
    dt { font-size: 0.8125rem; }
    dd { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 10px; }
    .word { font-weight: 700; }
    .none .word { font-weight: 400; }
    .note { flex-basis: 100%; font-size: 0.8125rem; }
    .glyph { display: inline-flex; gap: 2px; flex: none; forced-color-adjust: none; }
    .glyph i { inline-size: 9px; block-size: 18px; border: 1px solid var(--ink); }
    .glyph .on { background: var(--level); }
    .glyph .event {
      inline-size: 20px;
      background: repeating-linear-gradient(-45deg, var(--level) 0 4px, var(--card) 4px 7px);
    }
    .old .on { background: repeating-linear-gradient(45deg, var(--level) 0 3px, var(--card) 3px 5px); }
    .about .on { background: none; box-shadow: inset 0 0 0 2px var(--level); }
    .none .glyph i { border-style: dashed; border-color: var(--edge); }
    .caution {
      margin-block-start: 12px; padding: 8px 12px; background: var(--shade);
      border-inline-start: 3px solid var(--edge);
    }
    .advice { margin-block-start: 20px; padding-block-start: 12px; border-block-start: 1px solid var(--hairline); }
    ul { list-style: none; }
    .advice li { max-inline-size: 68ch; margin-block-start: 6px; }
    .advice .soft { display: block; font-size: 0.8125rem; }
    footer {
      margin-block-start: 20px; padding-block-start: 12px; border-block-start: 1px solid var(--hairline);
      font-size: 0.8125rem;
    }
    footer p, footer li { max-inline-size: 80ch; }
    footer p { margin-block-start: 6px; }
    a { color: var(--accent); text-underline-offset: 2px; }
    a.out { display: inline-block; padding-block: 3px; }
    button {
      margin-block-start: 12px; min-block-size: 44px; padding: 8px 16px; cursor: pointer;
      background: var(--card); color: var(--accent); border: 1px solid var(--accent); border-radius: 10px;
    }
    button:hover { background: var(--shade); }
    a:focus-visible, button:focus-visible {
      outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px;
    }
    .heard {
      position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap;
    }
    @container (min-width: 260px) {
      .glyph { min-inline-size: 64px; }
    }
    @container (min-width: 460px) {
      .card { padding: 20px 24px; }
      .days { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 0 32px; }
    }
    @media (prefers-contrast: more) {
      :host { --soft: var(--ink); --edge: var(--ink); --hairline: var(--ink); }
    }
    @media (forced-colors: active) {
      .glyph i { border-color: CanvasText; }
    }
  `;

  let sheet;
  try {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  } catch {
    sheet = null;
  }

  const make = (tag, name, ...inside) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...inside.filter((it) => it !== null && it !== ''));
    return element;
  };

  const spoken = (code) => {
    const language = (code || '').toLowerCase().split('-')[0];
    return Object.hasOwn(SENTENCES, language) ? language : null;
  };

  // The civil day of a moment by a clock in a zone, as files write days.
  const dayOf = (moment, zone) => {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit',
    }).formatToParts(moment);
    const part = (type) => parts.find((it) => it.type === type).value;
    return [part('year'), part('month'), part('day')].join('-');
  };

  const isOver = (value, date, zone) => {
    if (value.target.length === 10) return value.target === date;
    const begin = Date.parse(value.target);
    const end = begin + (value.hours ?? 1) * 3600e3 - 1;
    return dayOf(begin, zone) <= date && date <= dayOf(end, zone);
  };

  // Everything that is said, in one language.
  class Words {
    constructor(language) {
      this.language = language;
      this.locale = SENTENCES[language].locale;
    }

    say(key, given = {}) {
      let sentence = SENTENCES[this.language][key] ?? key;
      const [choice, ...forms] = sentence.split('|');
      if (forms.length) {
        const category = new Intl.PluralRules(this.locale).select(given[choice]);
        const form = forms.find((it) => it.startsWith(category + '=')) ?? forms[forms.length - 1];
        sentence = form.slice(form.indexOf('=') + 1);
      }
      return sentence.replace(/\{(\w+)\}/g, (_, name) => {
        const value = given[name];
        return typeof value === 'number' ? value.toLocaleString(this.locale) : value;
      });
    }

    // The words of a file are in several languages.
    of(words) {
      return words?.[this.language] ?? Object.values(words ?? {})[0] ?? '';
    }

    date(day) {
      return new Date(day + 'T12:00Z').toLocaleDateString(this.locale, {
        timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long',
      });
    }

    // A day as it is said today: by its name where it is next to today, else null.
    near(day, today) {
      const away = Math.round((Date.parse(day) - Date.parse(today)) / DAY);
      if (Math.abs(away) > 1) return null;
      return new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' }).format(away, 'day');
    }

    moment(at, zone) {
      const day = dayOf(at, zone);
      const time = new Date(at).toLocaleTimeString(this.locale, {
        timeZone: zone, hour: '2-digit', minute: '2-digit',
      });
      return this.say('moment', { day: this.near(day, dayOf(Date.now(), zone)) ?? this.date(day), time });
    }

    list(items) {
      return new Intl.ListFormat(this.locale).format(items);
    }

    begun(text) {
      return text.charAt(0).toLocaleUpperCase(this.locale) + text.slice(1);
    }
  }

  class EcosanteCommune extends HTMLElement {
    static observedAttributes = ['code', 'lang', 'days', 'theme', 'heading', 'base'];
    #root = this.attachShadow({ mode: 'open' });
    #head = make('div');
    #status = make('p', 'status');
    #body = make('div');
    #dark = matchMedia('(prefers-color-scheme: dark)');
    #file = null;
    #received = 0;
    #problem = null;
    #asking = null;
    #due = 0;
    #shownOn = '';
    #timer = 0;

    constructor() {
      super();
      if (sheet && 'adoptedStyleSheets' in this.#root) this.#root.adoptedStyleSheets = [sheet];
      else this.#root.append(Object.assign(document.createElement('style'), { textContent: STYLE }));
      this.#status.setAttribute('role', 'status');
      this.#root.append(make('div', 'card', this.#head, this.#status, this.#body));
    }

    connectedCallback() {
      document.addEventListener('visibilitychange', this.#looks);
      this.#dark.addEventListener('change', this.#paints);
      // A screen in a town hall is never hidden and still sees midnight.
      this.#timer = setInterval(this.#looks, 60e3);
      this.#paints();
      this.#asks();
    }

    disconnectedCallback() {
      document.removeEventListener('visibilitychange', this.#looks);
      this.#dark.removeEventListener('change', this.#paints);
      clearInterval(this.#timer);
      this.#asking?.abort();
      this.#asking = null;
    }

    attributeChangedCallback(name, before, after) {
      if (!this.isConnected || before === after) return;
      if (name === 'code' || name === 'base') {
        this.#file = null;
        this.#asks();
      } else {
        this.#paints();
        this.#shows();
      }
    }

    get #words() {
      const around = this.closest('[lang]')?.lang;
      return new Words(spoken(this.lang) ?? spoken(around) ?? LANGUAGE);
    }

    #paints = () => {
      const theme = this.getAttribute('theme');
      const dark = theme === 'dark' || (theme !== 'light' && this.#dark.matches);
      this.toggleAttribute('data-dark', dark);
    };

    #looks = () => {
      if (document.visibilityState !== 'visible' || this.#asking) return;
      if (Date.now() >= this.#due) this.#asks('no-cache');
      else if (this.#file && this.#today !== this.#shownOn) this.#shows();
    };

    get #today() {
      return dayOf(Date.now(), this.#file.commune.time_zone);
    }

    // What a browser keeps is asked for anew by who asks again.
    async #asks(cache = 'default') {
      this.#asking?.abort();
      this.#asking = null;
      const code = (this.getAttribute('code') ?? '').trim().toUpperCase();
      if (!CODE.test(code)) {
        this.#due = Infinity;
        this.#problem = 'code';
        this.#shows();
        return;
      }
      const asking = new AbortController();
      this.#asking = asking;
      const late = setTimeout(() => asking.abort(), PATIENCE);
      this.#tells(this.#words, 'loading', {}, !this.#file);
      let problem = null;
      let age = 0;
      try {
        const base = new URL(this.getAttribute('base') || '.', HERE);
        const answer = await fetch(new URL(`commune/${code}.json`, base), {
          cache, signal: asking.signal, credentials: 'omit', referrerPolicy: 'no-referrer',
        });
        if (answer.ok) {
          age = Number(/max-age=(\d+)/.exec(answer.headers.get('cache-control'))?.[1] ?? 0);
          const text = await answer.text();
          if (this.#asking !== asking) return;
          problem = this.#takes(text) ? null : 'malformed';
        } else {
          problem = answer.status === 404 || answer.status === 410 ? 'missing' : 'network';
        }
      } catch {
        problem = 'network';
      } finally {
        clearTimeout(late);
      }
      // Another question has taken its place.
      if (this.#asking !== asking) return;
      this.#asking = null;
      this.#due = Date.now() + Math.max(age * 1000, REST);
      this.#problem = problem;
      this.#shows();
    }

    #takes(text) {
      try {
        const file = JSON.parse(text);
        const { name, time_zone: zone } = file.commune;
        if (file.schema !== SCHEMA || typeof name !== 'string') return false;
        dayOf(Date.now(), zone);
        // What cannot be drawn is not taken.
        this.#drawn(file, this.#words);
        this.#file = file;
        this.#received = Date.now();
        return true;
      } catch {
        return false;
      }
    }

    // What is said to who hears the page, and while there is nothing else, to who sees it.
    #tells(words, key, given, seen) {
      const text = words.say(key, given);
      this.#head.replaceChildren(...(seen ? [this.#heading(0, 'title', words.say('nameless'))] : []));
      this.#status.className = seen ? 'status' : 'status heard';
      this.#status.textContent = text;
    }

    #shows() {
      if (this.#asking) return;
      const words = this.#words;
      const code = this.getAttribute('code') ?? '';
      const wasAtButton = this.#root.activeElement?.localName === 'button';
      this.#status.parentElement.lang = words.language;
      const again = this.#problem && this.#problem !== 'code' ? this.#button(words) : null;
      if (!this.#file) {
        const key = this.#problem === 'code' && !code.trim() ? 'error-no-code' : `error-${this.#problem}`;
        this.#tells(words, key, { code }, true);
        this.#body.replaceChildren(...(again ? [again] : []));
        if (wasAtButton) again?.focus();
        return;
      }
      const file = this.#file;
      const drawn = this.#drawn(file, words);
      if (this.#problem) {
        const when = words.moment(this.#received, file.commune.time_zone);
        drawn.firstElementChild.after(make('p', 'caution', words.say('kept', { when })), again);
      }
      this.#body.replaceChildren(drawn);
      this.#tells(words, 'shown', { commune: file.commune.name }, false);
      this.#shownOn = this.#today;
      if (wasAtButton) (again ?? this.#root.querySelector('.title')).focus();
      this.dispatchEvent(new CustomEvent('ecosante-shown', { detail: file.commune.name }));
    }

    #button(words) {
      const button = make('button', '', words.say('retry'));
      button.type = 'button';
      button.addEventListener('click', () => {
        if (!this.#asking) this.#asks('no-cache');
      });
      return button;
    }

    #heading(depth, name, ...inside) {
      const first = Math.min(Math.max(Number(this.getAttribute('heading')) || 2, 1), 5);
      return make('h' + Math.min(first + depth, 6), name, ...inside);
    }

    #drawn(file, words) {
      const { name, time_zone: zone } = file.commune;
      const today = dayOf(Date.now(), zone);
      const count = this.getAttribute('days') === '1' ? 1 : 2;
      const first = Math.max(0, count === 1 ? file.days.findIndex((it) => it.date === today) : 0);
      const days = file.days.slice(first, first + count);
      const title = this.#heading(0, 'title', name);
      title.tabIndex = -1;
      const card = make('section', '', title);
      card.setAttribute('aria-label', words.say('region', { commune: name }));
      const late = Math.round((Date.parse(today) - Date.parse(file.day)) / DAY);
      if (late > 0) {
        const args = { days: late, day: words.date(file.day) };
        card.append(make('p', 'caution', words.say('as-of', args)));
      }
      const said = new Map();
      const shown = days.map((day) => this.#day(file, day, today, words, said));
      card.append(make('div', 'days', ...shown), ...this.#advice(file, days, today, words));
      card.append(this.#foot(file, said, words));
      return card;
    }

    #day(file, day, today, words, said) {
      const near = words.near(day.date, today);
      const date = words.date(day.date);
      const title = near
        ? this.#heading(1, 'sub', words.begun(near), ' ', make('span', 'soft', date))
        : this.#heading(1, 'sub', words.begun(date));
      const rows = KINDS.map((kind) => this.#row(file, day, day[kind], kind, today, words, said));
      return make('div', 'day', title, make('dl', '', ...rows));
    }

    #row(file, day, brief, kind, today, words, said) {
      const levels = LEVELS[brief.scale];
      const known = brief.level !== null;
      const published = known ? this.#published(file, brief, day.date) : null;
      const about = published?.basis === 'estimated';
      const old = known && (day.date < today || brief.state === 'stale');
      const event = known && brief.level > levels;
      const level = known ? file.legend[brief.scale]?.[brief.level] : null;
      const glyph = make('span', 'glyph');
      glyph.setAttribute('aria-hidden', 'true');
      // Only a level has a colour, that of whoever publishes it.
      if (level?.colour) glyph.style.setProperty('--level', level.colour);
      if (event) glyph.append(make('i', 'on event'));
      else for (let n = 1; n <= levels; n++) glyph.append(make('i', known && n <= brief.level ? 'on' : ''));
      const inside = [glyph];
      const notes = [];
      if (known) {
        const label = words.of(level?.label) || String(brief.level);
        // Of a scale that this element does not know yet, the file has the words.
        const number = event ? words.say('unranked')
          : levels ? words.say('of', { level: brief.level, levels }) : '';
        inside.push(make('span', 'word', label), ' ', make('span', 'num', about ? '≈ ' + number : number));
        const part = brief.metric.split('.')[1];
        if (part && brief.level > 1) notes.push(words.begun(words.say(`${kind}-${part}`)));
        if (about) notes.push(words.say('estimated'));
        if (old && day.date >= today) notes.push(words.say('old'));
        if (published) this.#credits(said, published, kind, words, file.commune.time_zone);
      } else {
        const states = ['not-published-yet', 'source-failed', 'not-covered'];
        const why = words.say(states.includes(brief.state) ? brief.state : 'not-understood');
        inside.push(make('span', 'word', words.say('unknown', { why })));
      }
      if (notes.length) inside.push(' ', make('span', 'note', notes.join(' · ')));
      const look = ['row', known ? '' : 'none', old ? 'old' : '', about ? 'about' : ''];
      return make('div', look.filter(Boolean).join(' '),
        make('dt', '', words.say(kind)), make('dd', '', ...inside));
    }

    // The publication that a level at a glance is from.
    #published(file, brief, date) {
      const zone = file.commune.time_zone;
      const fits = (it) => it.metric === brief.metric && it.level === brief.level && isOver(it, date, zone);
      const fitting = file.publications.filter((it) => it.scale === brief.scale && it.values.some(fits));
      const weight = (it) => (it.basis === 'estimated' ? 0 : 4) + (it.nearness === 'commune' ? 2 : 0);
      fitting.sort((a, b) => weight(b) - weight(a)
        || String(b.published_at).localeCompare(String(a.published_at)));
      return fitting[0] ?? null;
    }

    // Who published it and when, once for all that it says.
    #credits(said, published, kind, words, zone) {
      let source = words.say('source-' + published.source);
      if (published.nearness !== 'commune' && published.zone.name) {
        source = words.say('for-zone', { source, zone: published.zone.name });
      }
      const at = published.published_at;
      const line = at ? words.say('published', { source, when: words.moment(Date.parse(at), zone) }) : source;
      const kinds = said.get(line) ?? new Set();
      said.set(line, kinds.add(words.say(kind)));
    }

    #advice(file, days, today, words) {
      const now = days.find((it) => it.date === today);
      const holds = (it) => now && KINDS.some((kind) =>
        now[kind].metric === it.metric && now[kind].level === it.level);
      const advice = file.advice.filter((it) => file.day === today || holds(it));
      if (!advice.length) return [];
      const items = advice.map((it) => {
        const item = make('li', '', words.of(it.text));
        if (it.source) {
          const link = this.#link(it.source.url, it.source.publisher, words);
          item.append(make('span', 'soft', link));
        }
        return item;
      });
      return [make('div', 'advice', this.#heading(1, 'sub', words.say('advice')), make('ul', '', ...items))];
    }

    #foot(file, said, words) {
      const lines = [...said].map(([line, kinds]) =>
        make('li', '', words.say('source', { what: words.begun(words.list([...kinds])), line })));
      const sources = lines.length
        ? [this.#heading(1, 'sub', words.say('sources')), make('ul', '', ...lines)]
        : [];
      const notice = file.notice ? [make('p', '', file.notice)] : [];
      return make('footer', '', ...sources, ...notice,
        make('p', '', this.#link(PROJECT, words.say('project'), words)));
    }

    #link(url, text, words) {
      const link = make('a', 'out', text, make('span', 'heard', ` (${words.say('new-tab')})`));
      // What a file says is where it leads, if it leads to a page.
      if (/^https?:/.test(url)) link.href = url;
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
      return link;
    }
  }

  if (!customElements.get('ecosante-commune')) customElements.define('ecosante-commune', EcosanteCommune);

  // The page of a frame: the commune, the language, the theme and the number of days stand in the
  // fragment, which no server is told.
  const frame = document.querySelector('main[data-ecosante]');
  if (!frame) return;
  try {
    const ground = new CSSStyleSheet();
    ground.replaceSync('body { margin: 0; background: none }');
    document.adoptedStyleSheets = [ground];
  } catch {
    // It keeps its margin.
  }
  const shows = () => {
    let said = '';
    try {
      said = decodeURIComponent(location.hash.slice(1));
    } catch {
      // What is no text names no commune.
    }
    const [code = '', ...rest] = said.split(',');
    const chosen = (choices) => rest.find((it) => choices.includes(it));
    const language = chosen(Object.keys(SENTENCES)) ?? document.documentElement.lang;
    document.documentElement.lang = language;
    const element = document.createElement('ecosante-commune');
    element.lang = language;
    const given = { code, heading: 1, theme: chosen(['light', 'dark']) ?? 'auto', days: chosen(['1', '2']) ?? 2 };
    for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
    element.addEventListener('ecosante-shown', (event) => {
      document.title = event.detail + ' – Écosanté';
    });
    frame.replaceChildren(element);
  };
  addEventListener('hashchange', shows);
  shows();
})();
