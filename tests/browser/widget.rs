//! The element that other pages show of a commune, in a browser, served as whoever publishes it
//! serves it: what it says, to whom, and what it asks for.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop with a trace")]

mod axe;
#[path = "../../src-tauri/publish/tests/samples/mod.rs"]
mod samples;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex};

use axe::Rules;
use ecosante_browser::{Browser, GLANCE, PATIENCE};
use ecosante_domain::knowledge::State;
use ecosante_domain::publication::CommuneFile;
use ecosante_publish::widget;
use fantoccini::Locator;
use fantoccini::key::Key;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// The afternoon of the samples’ day, in milliseconds.
const NOW: i64 = 1_788_876_000_000;
const HOUR: i64 = 3_600_000;

/// What is served, by the code of the commune.
type Files = BTreeMap<String, (StatusCode, Vec<u8>)>;

/// Whoever publishes; gone when it is dropped.
struct Publisher {
    address: SocketAddr,
    files: Arc<Mutex<Files>>,
    asked: Arc<Mutex<Vec<String>>>,
    serving: AbortHandle,
}

impl Drop for Publisher {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A page of somebody else's, which lets nothing run or load but what is its own.
const PAGE: &str = "<!doctype html><html lang=\"fr\"><head><meta charset=\"utf-8\">\
    <title>Mairie</title><script src=\"/v1/widget.js\" defer></script></head><body><main>\
    <h1>Mairie</h1><ecosante-commune code=\"69123\"></ecosante-commune></main></body></html>";

impl Publisher {
    async fn of(files: impl IntoIterator<Item = CommuneFile>) -> Self {
        let files = files.into_iter().map(|file| {
            let code = file.commune.code.clone();
            (code, (StatusCode::OK, serde_json::to_vec(&file).unwrap()))
        });
        let files = Arc::new(Mutex::new(files.collect::<Files>()));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (all, heard) = (Arc::clone(&files), Arc::clone(&asked));
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (all, heard) = (Arc::clone(&all), Arc::clone(&heard));
                let service = service_fn(move |request: Request<Incoming>| {
                    heard.lock().unwrap().push(request.uri().to_string());
                    assert!(request.headers().get("cookie").is_none());
                    assert!(
                        request
                            .headers()
                            .get("referer")
                            .is_none_or(|_| { !request.uri().path().contains("commune") })
                    );
                    let answer = answer(request.uri().path(), &all.lock().unwrap());
                    async move { Ok::<_, Infallible>(answer) }
                });
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(async move {
                    // A browser that goes away in the middle of an answer is no error.
                    let _ = connection.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Self { address, files, asked, serving: serving.abort_handle() }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    fn serves(&self, code: &str, status: StatusCode, body: &[u8]) {
        self.files.lock().unwrap().insert(code.to_owned(), (status, body.to_vec()));
    }

    fn serves_file(&self, file: &CommuneFile) {
        self.serves(&file.commune.code, StatusCode::OK, &serde_json::to_vec(file).unwrap());
    }

    /// What was asked for since this was last called.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn answer(path: &str, files: &Files) -> Response<Full<Bytes>> {
    let commune = path.strip_prefix("/v1/commune/").and_then(|it| it.strip_suffix(".json"));
    let (status, kind, body) = match (path, commune) {
        ("/v1/widget.js", _) => (StatusCode::OK, "text/javascript", widget::script().into_bytes()),
        ("/v1/embed.html", _) => {
            (StatusCode::OK, "text/html; charset=utf-8", widget::embed_page().into_bytes())
        }
        ("/page.html", _) => (StatusCode::OK, "text/html; charset=utf-8", PAGE.into()),
        (_, Some(code)) if files.contains_key(code) => {
            let (status, body) = files[code].clone();
            (status, "application/json", body)
        }
        _ => (StatusCode::NOT_FOUND, "text/plain", Vec::new()),
    };
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, kind)
        .header(CACHE_CONTROL, "max-age=60")
        .header(CONTENT_SECURITY_POLICY, "default-src 'self'; require-trusted-types-for 'script'")
        .body(Full::new(Bytes::from(body)))
        .unwrap()
}

/// Whoever looks at the element; its clock stands at a moment.
struct Visitor {
    browser: Browser,
    clock: Option<String>,
}

impl Visitor {
    async fn at(now: i64) -> Self {
        let mut visitor = Self { browser: Browser::start().await, clock: None };
        visitor.clock_stands_at(now).await;
        // Whatever is told in the console, and what a policy refuses.
        visitor
            .says_to_every_page(
                "window.refused = []; \
                 addEventListener('securitypolicyviolation', (it) => refused.push(it.violatedDirective)); \
                 addEventListener('error', (it) => refused.push(it.message)); \
                 addEventListener('unhandledrejection', (it) => refused.push(String(it.reason)));",
            )
            .await;
        visitor
    }

    async fn says_to_every_page(&self, source: &str) -> Value {
        self.browser
            .devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }))
            .await
    }

    async fn clock_stands_at(&mut self, now: i64) {
        if let Some(before) = self.clock.take() {
            let before = json!({ "identifier": before });
            self.browser.devtools("Page.removeScriptToEvaluateOnNewDocument", before).await;
        }
        let clock = format!(
            "window.instant = {now}; const Real = Date; \
             window.Date = class extends Real {{ \
               constructor(...given) {{ given.length ? super(...given) : super(window.instant); }} \
               static now() {{ return window.instant; }} }};"
        );
        let said = self.says_to_every_page(&clock).await;
        self.clock = said["identifier"].as_str().map(str::to_owned);
    }

    /// Opens the page of a frame, whatever page was open before.
    async fn visits(&self, publisher: &Publisher, fragment: &str) {
        self.browser.visits("about:blank").await;
        self.browser.visits(&publisher.url(&format!("v1/embed.html#{fragment}"))).await;
    }

    /// All that the element says to who sees it.
    async fn text(&self) -> String {
        let script = "const it = document.querySelector('ecosante-commune')?.shadowRoot; \
                      return it ? it.querySelector('.card').innerText : document.body.innerText;";
        let said = self.browser.runs(script, Vec::new()).await;
        said.as_str().unwrap_or_default().replace(['\u{a0}', '\u{202f}'], " ")
    }

    async fn reads(&self, text: &str) -> String {
        let mut seen = String::new();
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            seen = self.text().await;
            if seen.contains(text) {
                return seen;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("“{text}” is not there, but:\n{seen}");
    }

    /// What is found in the element, each in a line.
    async fn finds(&self, what: &str, said: &str) -> Vec<String> {
        let script = format!(
            "const root = document.querySelector('ecosante-commune').shadowRoot; \
             return [...root.querySelectorAll({what:?})].map((it) => String({said}));"
        );
        let found = self.browser.runs(&script, Vec::new()).await;
        found.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
    }

    /// The page is seen again at another moment.
    async fn looks_again_at(&self, now: i64) {
        let script = "window.instant = arguments[0]; \
                      document.dispatchEvent(new Event('visibilitychange'));";
        self.browser.runs(script, vec![now.into()]).await;
    }

    async fn nothing_was_refused(&self) {
        assert_eq!(self.browser.runs("return window.refused;", Vec::new()).await, json!([]));
    }
}

fn every_sample() -> Vec<CommuneFile> {
    let day = samples::day();
    vec![
        samples::bad(day),
        samples::unknown(day),
        samples::event(day),
        samples::estimated(day),
        samples::awkward(day),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_level_has_its_word_its_number_its_segments_and_its_colour() {
    let publisher = Publisher::of(every_sample()).await;
    let visitor = Visitor::at(NOW).await;
    visitor.visits(&publisher, "69123").await;
    let text = visitor.reads("Que faire").await;
    for said in [
        "Lyon",
        "Aujourd’hui mardi 8 septembre",
        "Demain mercredi 9 septembre",
        "Très mauvais",
        "5 sur 6",
        "Élevé",
        "4 sur 6",
        "Alerte",
        "3 sur 3",
        "Particules PM10",
        "Rouge",
        "4 sur 4",
        "Canicule",
        "Orange",
        "Restez au frais, buvez souvent",
        "Santé publique France",
        "Air : Atmo France, publié aujourd’hui à 12:10",
        "Vigilance météo : Météo-France, pour Rhône, publié aujourd’hui à 12:10",
        "Contient des données d’Atmo France",
        "Écosanté, l’application libre",
    ] {
        assert!(text.contains(said), "“{said}” is not in:\n{text}");
    }
    let colour = "getComputedStyle(it).backgroundColor";
    let air = visitor.finds(".day:first-child .row:first-child i", colour).await;
    assert_eq!(air[..5], ["rgb(150, 0, 50)"; 5].map(str::to_owned));
    assert_eq!(air[5], "rgba(0, 0, 0, 0)");
    let glyphs = visitor.finds(".glyph", "it.getAttribute('aria-hidden')").await;
    assert_eq!(glyphs, ["true"; 8]);

    // In the other language, of the other theme, of one day.
    visitor.visits(&publisher, "69123,en,dark,1").await;
    let text = visitor.reads("What to do").await;
    for said in [
        "Very poor",
        "5 of 6",
        "Red",
        "Heat",
        "Today Tuesday 8 September",
        "published today at 12:10",
    ] {
        assert!(text.contains(said), "“{said}” is not in:\n{text}");
    }
    assert!(!text.contains("Tomorrow"), "{text}");
    assert_eq!(visitor.browser.page("lang").await, "en");
    assert_eq!(visitor.browser.client().title().await.unwrap(), "Lyon – Écosanté");
    let card = visitor.finds(".card", colour).await;
    assert_eq!(card, ["rgb(31, 30, 27)"]);
    visitor.nothing_was_refused().await;
    visitor.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_known_says_why_and_never_looks_good() {
    let publisher = Publisher::of(every_sample()).await;
    let visitor = Visitor::at(NOW).await;
    visitor.visits(&publisher, "97502").await;
    let text = visitor.reads("Saint-Pierre").await;
    for said in [
        "Inconnu : pas encore publié",
        "Inconnu : personne ne le publie ici",
        "Inconnu : la source ne répond pas",
    ] {
        assert!(text.contains(said), "“{said}” is not in:\n{text}");
    }
    assert_eq!(visitor.finds(".on", "it").await, Vec::<String>::new());
    let edges = visitor.finds(".glyph i", "getComputedStyle(it).borderTopStyle").await;
    assert!(edges.iter().all(|it| it == "dashed"), "{edges:?}");

    // An event has no rank.
    visitor.visits(&publisher, "38185").await;
    let text = visitor.reads("Évènement").await;
    assert!(text.contains("à part des niveaux") && !text.contains("7 sur"), "{text}");
    assert_eq!(visitor.finds(".event", "it.parentElement.children.length").await, ["1"]);

    // An estimate is said to be one, and is not filled.
    visitor.visits(&publisher, "2A004").await;
    let text = visitor.reads("Ajaccio").await;
    assert!(text.contains("≈ 4 sur 6") && text.contains("Estimation, en attendant"), "{text}");
    assert!(text.contains("Air : Open-Meteo (modèles CAMS)"), "{text}");
    let fills = visitor.finds(".about .on", "getComputedStyle(it).backgroundColor").await;
    assert!(!fills.is_empty() && fills.iter().all(|it| it == "rgba(0, 0, 0, 0)"), "{fills:?}");

    // So is a value that is older than its day.
    let mut old = samples::calm(samples::day());
    old.days[0].pollen.state = State::Stale;
    publisher.serves_file(&old);
    visitor.visits(&publisher, "69123").await;
    visitor.reads("Valeur ancienne, pas celle d’aujourd’hui").await;
    assert_eq!(visitor.finds(".old dt", "it.innerText").await, ["Pollens"]);

    // A scale that came after the element: words and colour are the file’s.
    let mut newer = serde_json::to_value(samples::calm(samples::day())).unwrap();
    newer["days"][0]["air"]["scale"] = "atmo-2031".into();
    newer["legend"]["atmo-2031"] = newer["legend"]["atmo-2021"].clone();
    publisher.serves("75056", StatusCode::OK, newer.to_string().as_bytes());
    visitor.visits(&publisher, "75056").await;
    visitor.reads("Moyen").await;
    assert_eq!(visitor.finds(".event", "it").await, Vec::<String>::new());

    // What a file says is text and nothing else.
    visitor.visits(&publisher, "01001").await;
    visitor.reads("L’Abergement <b>&amp; \"Clémenciat\"</b>").await;
    assert_eq!(visitor.finds("b", "it").await, Vec::<String>::new());
    visitor.nothing_was_refused().await;
    visitor.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_of_another_day_is_said_to_be_of_that_day() {
    let publisher = Publisher::of(every_sample()).await;
    let mut visitor = Visitor::at(NOW + 24 * HOUR).await;
    visitor.visits(&publisher, "69123").await;
    let text = visitor.reads("Lyon").await;
    for said in [
        "Ces données sont celles du mardi 8 septembre. Celles d’aujourd’hui ne sont pas arrivées.",
        "Hier mardi 8 septembre",
        "Aujourd’hui mercredi 9 septembre",
        "publié hier à 12:10",
    ] {
        assert!(text.contains(said), "“{said}” is not in:\n{text}");
    }
    // Yesterday’s advice for yesterday’s levels is not today’s.
    assert!(!text.contains("Restez au frais"), "{text}");
    let drawn = visitor.finds(".old .on", "getComputedStyle(it).backgroundImage").await;
    assert!(drawn.iter().all(|it| it.contains("gradient")) && !drawn.is_empty(), "{drawn:?}");

    let complaints = axe::complaints(&visitor.browser, Rules::Contrast).await;
    assert_eq!(complaints, Vec::<String>::new());
    if let Some(folder) = std::env::var_os("ECOSANTE_WIDGET_PICTURES") {
        visitor.browser.size(380, 900).await;
        pictured(&visitor, folder.as_ref(), "old", 380).await;
    }

    // A page that is open at midnight, ten minutes before and after.
    visitor.clock_stands_at(NOW + 8 * HOUR - HOUR / 6).await;
    visitor.visits(&publisher, "69123").await;
    visitor.reads("Aujourd’hui mardi 8 septembre").await;
    publisher.asked();
    visitor.looks_again_at(NOW + 8 * HOUR + HOUR / 6).await;
    visitor.reads("Hier mardi 8 septembre").await;
    assert_eq!(publisher.asked(), Vec::<String>::new());

    visitor.clock_stands_at(NOW + 5 * 24 * HOUR).await;
    visitor.visits(&publisher, "69123,en").await;
    let text = visitor.reads("as of Tuesday 8 September, 5 days ago").await;
    assert!(!text.contains("Today "), "{text}");
    visitor.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_wrong_is_one_sentence_and_a_button() {
    let publisher = Publisher::of([]).await;
    let visitor = Visitor::at(NOW).await;
    for (fragment, said) in [
        ("99999", "Rien n’est publié ici pour la commune 99999."),
        ("Lyon", "« Lyon » n’est pas le code INSEE d’une commune, comme 69123."),
        ("", "Il manque le code INSEE de la commune, comme 69123."),
        ("%zz", "Il manque le code INSEE de la commune, comme 69123."),
    ] {
        visitor.visits(&publisher, fragment).await;
        visitor.reads(said).await;
    }
    let mut newer = serde_json::to_value(samples::calm(samples::day())).unwrap();
    newer["schema"] = 2.into();
    let (newer, cut) = (newer.to_string(), "{\"schema\":1,\"commune\":");
    for malformed in [
        cut,
        "[]",
        "null",
        &newer,
        "{\"schema\":1,\"commune\":{\"name\":\"x\",\"time_zone\":\"Nowhere\"}}",
    ] {
        publisher.serves("69123", StatusCode::OK, malformed.as_bytes());
        // A browser keeps what it was told for a minute.
        visitor.browser.devtools("Network.clearBrowserCache", json!({})).await;
        visitor.visits(&publisher, "69123").await;
        visitor
            .browser
            .runs("document.querySelector('ecosante-commune').remove();", Vec::new())
            .await;
        // A browser keeps what it was told for a minute.
        visitor.browser.devtools("Network.clearBrowserCache", json!({})).await;
        visitor.visits(&publisher, "69123").await;
        visitor.reads("Les données reçues ne sont pas lisibles").await;
    }

    publisher.serves("69123", StatusCode::BAD_GATEWAY, b"");
    visitor.browser.devtools("Network.clearBrowserCache", json!({})).await;
    visitor.visits(&publisher, "69123").await;
    visitor
        .reads("Les données n’ont pas pu être chargées. Vérifiez la connexion, puis réessayez.")
        .await;
    assert_eq!(visitor.finds("[role=status]", "it.innerText.length > 20").await, ["true"]);
    // By the keyboard alone, and the keyboard is not lost.
    publisher.serves_file(&samples::bad(samples::day()));
    visitor.browser.presses(Key::Tab).await;
    assert_eq!(visitor.finds("button:focus", "it.innerText").await, ["Réessayer"]);
    visitor.browser.presses(Key::Enter).await;
    visitor.reads("Très mauvais").await;
    assert_eq!(visitor.finds(".title:focus", "it.innerText").await, ["Lyon"]);
    // What hears the page hears that it is there.
    let status = visitor.finds("[role=status]", "it.textContent").await;
    assert_eq!(status, ["Lyon : les niveaux sont affichés."]);
    visitor.browser.presses(Key::Tab).await;
    let at = visitor.finds("a:focus", "it.textContent").await;
    assert_eq!(at, ["Santé publique France (nouvel onglet)"]);
    visitor.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_asked_for_but_the_file_of_the_commune_and_not_too_often() {
    let publisher = Publisher::of([samples::calm(samples::day())]).await;
    let visitor = Visitor::at(NOW).await;
    visitor.browser.visits(&publisher.url("page.html")).await;
    visitor.reads("Moyen").await;
    let asked: Vec<_> = publisher.asked().into_iter().filter(|it| it != "/favicon.ico").collect();
    assert_eq!(asked, ["/page.html", "/v1/widget.js", "/v1/commune/69123.json"]);
    let kept = "return [document.cookie, localStorage.length, sessionStorage.length];";
    assert_eq!(visitor.browser.runs(kept, Vec::new()).await, json!(["", 0, 0]));
    visitor.nothing_was_refused().await;
    let headings = visitor.finds("h2, h3", "it.localName + ' ' + it.innerText").await;
    assert_eq!(headings[0], "h2 Lyon");

    // Back after ten minutes: it cannot have changed. After an hour it can.
    publisher.serves_file(&samples::bad(samples::day()));
    visitor.looks_again_at(NOW + HOUR / 6).await;
    tokio::time::sleep(GLANCE * 3).await;
    assert_eq!(publisher.asked(), Vec::<String>::new());
    visitor.looks_again_at(NOW + HOUR).await;
    visitor.reads("Très mauvais").await;
    assert_eq!(publisher.asked(), ["/v1/commune/69123.json"]);

    // Without an answer, what is known stays, with since when.
    publisher.serves("69123", StatusCode::BAD_GATEWAY, b"");
    visitor.looks_again_at(NOW + 2 * HOUR).await;
    let text =
        visitor.reads("La mise à jour n’a pas abouti. Voici ce qui a été reçu aujourd’hui à").await;
    assert!(text.contains("Très mauvais") && text.contains("Réessayer"), "{text}");

    publisher.asked();
    let (code, days) = ("code", "days");
    let script =
        "const it = document.querySelector('ecosante-commune'); it.setAttribute(...arguments);";
    visitor.browser.runs(script, vec![days.into(), "1".into()]).await;
    let text = visitor.text().await;
    assert!(!text.contains("Demain"), "{text}");
    assert_eq!(publisher.asked(), Vec::<String>::new());
    // Another commune.
    publisher.serves_file(&samples::event(samples::day()));
    visitor.browser.runs(script, vec![code.into(), "38185".into()]).await;
    visitor.reads("Grenoble").await;
    assert_eq!(publisher.asked(), ["/v1/commune/38185.json"]);
    visitor.browser.close().await;
}

/// In CSS pixels.
const WIDTHS: [u32; 3] = [200, 380, 800];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_rule_of_access_is_broken_and_nothing_scrolls_sideways() {
    let publisher = Publisher::of(every_sample()).await;
    publisher.serves("13055", StatusCode::BAD_GATEWAY, b"");
    let visitor = Visitor::at(NOW).await;
    let mut complaints = Vec::new();
    for language in ["fr", "en"] {
        for theme in ["light", "dark"] {
            for width in WIDTHS {
                visitor.browser.size(width, 900).await;
                for code in ["69123", "97502", "38185", "2A004", "13055"] {
                    let fragment = format!("{code},{language},{theme}");
                    visitor.visits(&publisher, &fragment).await;
                    visitor.reads(if code == "13055" { "." } else { "Atmo" }).await;
                    if let Some(folder) = std::env::var_os("ECOSANTE_WIDGET_PICTURES") {
                        pictured(&visitor, folder.as_ref(), &fragment, width).await;
                    }
                    let at = |it: String| format!("{fragment} {width}: {it}");
                    complaints.extend(
                        axe::complaints(&visitor.browser, Rules::All).await.into_iter().map(at),
                    );
                    let wide = "return document.documentElement.scrollWidth > innerWidth;";
                    if visitor.browser.runs(wide, Vec::new()).await == json!(true) {
                        complaints.push(at("it scrolls sideways".to_owned()));
                    }
                }
            }
        }
    }
    // Whoever asks for more contrast gets it.
    visitor.browser.believes(&[("prefers-contrast", "more")]).await;
    for theme in ["light", "dark"] {
        visitor.visits(&publisher, &format!("69123,fr,{theme}")).await;
        visitor.reads("Atmo").await;
        complaints.extend(axe::complaints(&visitor.browser, Rules::MoreContrast).await);
    }
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
    visitor.browser.close().await;
}

/// Keeps a picture of the whole page.
async fn pictured(visitor: &Visitor, folder: &Path, name: &str, width: u32) {
    let script = "return document.documentElement.scrollHeight;";
    let height = visitor.browser.runs(script, Vec::new()).await.as_u64().unwrap();
    visitor.browser.size(width, height.try_into().unwrap()).await;
    let file = folder.join(format!("{}-{width}.png", name.replace(',', "-")));
    std::fs::write(file, visitor.browser.picture().await).unwrap();
    visitor.browser.size(width, 900).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_the_page_says_what_it_needs_in_every_language() {
    let publisher = Publisher::of([]).await;
    let visitor = Visitor::at(NOW).await;
    let off = json!({ "value": true });
    visitor.browser.devtools("Emulation.setScriptExecutionDisabled", off).await;
    visitor.browser.visits(&publisher.url("v1/embed.html#69123")).await;
    let body = visitor.browser.sees(Locator::Css("body")).await.text().await.unwrap();
    assert!(body.contains("JavaScript, que ce navigateur"), "{body}");
    assert!(body.contains("by JavaScript, which this browser"), "{body}");
    visitor.browser.close().await;
}
