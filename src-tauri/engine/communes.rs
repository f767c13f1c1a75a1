//! The communes of France, carried in the program: found offline by code, postcode or name.
//!
//! `data/communes.tsv.gz` is written by `cargo xtask communes`; its first lines say where it comes
//! from and what its columns are. It is unpacked at the first use, once, and stays in memory:
//! everything here borrows from it for as long as the program runs.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::iter::Peekable;
use std::str::Lines;
use std::sync::OnceLock;

use chrono_tz::Tz;
use ecosante_domain::place::{CommuneRef, Place, PlaceId};
use flate2::read::GzDecoder;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A commune as it exists today.
#[derive(Debug, PartialEq, Eq)]
pub struct Commune {
    /// INSEE code, five characters: `"75056"`, `"2A004"`, `"97302"`.
    pub code: &'static str,
    /// Official name, with its accents and article: `"L'Haÿ-les-Roses"`.
    pub name: &'static str,
    /// The group of communes it belongs to, if any: four islands and the overseas collectivities
    /// belong to none.
    pub epci: Option<&'static Epci>,
    /// The département or overseas collectivity it lies in.
    pub departement: &'static Departement,
    /// Inhabitants; 0 also where none are published, in the territories nobody lives in.
    pub population: u32,
    postcodes: &'static str,
}

impl Commune {
    /// Its postcodes, ascending, as strings of five digits; none in the southern territories.
    pub fn postcodes(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.postcodes.split_ascii_whitespace()
    }

    /// The time zone its days are counted in.
    pub fn time_zone(&self) -> Tz {
        time_zone(self.code)
    }
}

impl From<&Commune> for CommuneRef {
    fn from(commune: &Commune) -> Self {
        Self {
            code: commune.code.to_owned(),
            name: commune.name.to_owned(),
            epci: commune.epci.map(|epci| epci.siren.to_owned()),
            departement: commune.departement.code.to_owned(),
        }
    }
}

/// A group of communes with a tax of its own (EPCI), for which some producers publish.
#[derive(Debug, PartialEq, Eq)]
pub struct Epci {
    /// SIREN, nine digits: `"200054781"`.
    pub siren: &'static str,
    /// Name with its kind: `"Métropole du Grand Paris"`, `"CC Faucigny - Glières"`.
    pub name: &'static str,
}

/// A département, or an overseas collectivity.
#[derive(Debug, PartialEq, Eq)]
pub struct Departement {
    /// Two characters, or three overseas: `"75"`, `"2A"`, `"973"`, `"988"`.
    pub code: &'static str,
    /// Official name: `"Seine-Saint-Denis"`.
    pub name: &'static str,
    /// The region it is part of; a collectivity is one by itself.
    pub region: &'static Region,
}

impl Departement {
    /// The whole of it as a place that is nobody's: what is published for all its communes alike
    /// answers for it. It has no commune of a code, and lies nowhere.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            id: PlaceId(0),
            name: self.name.to_owned(),
            commune: Some(CommuneRef {
                code: String::new(),
                name: self.name.to_owned(),
                epci: None,
                departement: self.code.to_owned(),
            }),
            coordinates: None,
            time_zone: time_zone(self.code),
        }
    }
}

/// A region.
#[derive(Debug, PartialEq, Eq)]
pub struct Region {
    /// INSEE code: two digits, or three for a collectivity.
    pub code: &'static str,
    /// Official name: `"Île-de-France"`.
    pub name: &'static str,
}

/// One answer of [`search`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The commune that is meant.
    pub commune: &'static Commune,
    /// What in it answers the query.
    pub matched: Matched,
}

/// What in a commune answers a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched {
    /// Its INSEE code.
    Code,
    /// One of its postcodes, whole or its beginning.
    Postcode,
    /// Its whole name; a leading article may be left out.
    Name,
    /// The beginning of its name; a leading article may be left out.
    Prefix,
    /// A later word of its name, or the beginning of one.
    Word,
    /// Its name, or the beginning of it, with one mistake.
    Typo,
    /// A commune that has become part of it, by name or code: say which, people know it by that
    /// name.
    FormerName {
        /// Name of the former commune.
        name: &'static str,
    },
    /// An arrondissement of Paris, Lyon or Marseille, by name or code.
    Arrondissement {
        /// Name of the arrondissement: `"Lyon 3e Arrondissement"`.
        name: &'static str,
    },
}

/// Something that is no commune (any more) but lies in one.
struct Part {
    code: &'static str,
    name: &'static str,
    commune: &'static Commune,
    kind: PartKind,
}

#[derive(Clone, Copy)]
enum PartKind {
    Former,
    Arrondissement,
}

impl Part {
    fn matched(&self) -> Matched {
        match self.kind {
            PartKind::Former => Matched::FormerName { name: self.name },
            PartKind::Arrondissement => Matched::Arrondissement { name: self.name },
        }
    }
}

struct List {
    provenance: Vec<&'static str>,
    departements: &'static [Departement],
    /// Ascending by code.
    communes: &'static [Commune],
    /// Ascending by code.
    parts: Vec<Part>,
}

static FILE: &[u8] = include_bytes!("data/communes.tsv.gz");

fn list() -> &'static List {
    static LIST: OnceLock<List> = OnceLock::new();
    LIST.get_or_init(|| {
        let mut text = String::new();
        GzDecoder::new(FILE)
            .read_to_string(&mut text)
            .expect("the file in the program is whole, which a test proves");
        // Happens once, and is then borrowed until the program ends.
        List::read(text.leak()).expect("the file in the program is valid, which a test proves")
    })
}

impl List {
    /// Reads the unpacked file, where each kind of line comes after those it refers to; the error
    /// tells the line that is not as it should be.
    fn read(text: &'static str) -> Result<Self, String> {
        let mut lines = text.lines().peekable();

        let mut provenance = Vec::new();
        while let Some(line) = lines.next_if(|line| line.starts_with('#')) {
            provenance.push(line.trim_start_matches(['#', ' ']));
        }

        let mut regions = Vec::new();
        while let Some([code, name]) = row(&mut lines, "r")? {
            regions.push(Region { code, name });
        }
        let regions: &'static [Region] = regions.leak();

        let mut departements = Vec::new();
        while let Some([code, name, region]) = row(&mut lines, "d")? {
            let region = find(regions, region, |known| known.code)?;
            departements.push(Departement { code, name, region });
        }
        let departements: &'static [Departement] = departements.leak();

        let mut epcis = Vec::new();
        while let Some([siren, name]) = row(&mut lines, "e")? {
            epcis.push(Epci { siren, name });
        }
        let epcis: &'static [Epci] = epcis.leak();

        let mut communes = Vec::with_capacity(35_000);
        while let Some([code, name, postcodes, siren, population]) = row(&mut lines, "c")? {
            communes.push(Commune {
                code,
                name,
                epci: match siren {
                    "" => None,
                    _ => Some(find(epcis, siren, |known| known.siren)?),
                },
                departement: find(departements, departement_code(code), |known| known.code)?,
                population: match population {
                    "" => 0,
                    _ => population.parse().map_err(|_| format!("population of {code}"))?,
                },
                postcodes,
            });
        }
        let communes: &'static [Commune] = communes.leak();

        let mut parts = Vec::with_capacity(2_600);
        for (letter, kind) in [("a", PartKind::Arrondissement), ("f", PartKind::Former)] {
            while let Some([code, name, commune]) = row(&mut lines, letter)? {
                let commune = find(communes, commune, |known| known.code)?;
                parts.push(Part { code, name, commune, kind });
            }
        }
        if let Some(line) = lines.next() {
            return Err(format!("unexpected line {line:?}"));
        }
        parts.sort_by_key(|part| part.code);
        Ok(Self { provenance, departements, communes, parts })
    }
}

/// The fields of the next line if it is one of this letter.
fn row<const N: usize>(
    lines: &mut Peekable<Lines<'static>>,
    letter: &str,
) -> Result<Option<[&'static str; N]>, String> {
    let Some(line) = lines.next_if(|line| line.starts_with(letter)) else {
        return Ok(None);
    };
    let mut fields = line.split('\t').skip(1);
    let mut row = [""; N];
    for slot in &mut row {
        *slot = fields.next().ok_or_else(|| format!("too short: {line:?}"))?;
    }
    match fields.next() {
        None => Ok(Some(row)),
        Some(_) => Err(format!("too long: {line:?}")),
    }
}

/// The entry of a sorted slice that has this code.
fn find<T>(sorted: &'static [T], code: &str, of: fn(&T) -> &str) -> Result<&'static T, String> {
    let at = sorted.binary_search_by(|entry| of(entry).cmp(code));
    at.ok().and_then(|at| sorted.get(at)).ok_or_else(|| format!("unknown code {code:?}"))
}

/// The beginning of an INSEE code that names the département or collectivity.
fn departement_code(code: &str) -> &str {
    let length = if code.starts_with("97") || code.starts_with("98") { 3 } else { 2 };
    code.get(..length).unwrap_or(code)
}

/// Where the list comes from, one sentence a line: package, licence, publishers, columns.
pub fn provenance() -> &'static [&'static str] {
    &list().provenance
}

/// All départements and overseas collectivities, ascending by code.
pub fn departements() -> &'static [Departement] {
    list().departements
}

/// All communes of today, ascending by code.
pub fn all() -> &'static [Commune] {
    list().communes
}

/// The commune of an INSEE code, in either case and with spaces around.
///
/// The code of an arrondissement gives its city, that of a former commune the one it is part of.
///
/// ```
/// use ecosante_engine::communes;
///
/// let lyon = communes::by_code("69123").expect("a commune");
/// assert_eq!(lyon.departement.region.name, "Auvergne-Rhône-Alpes");
/// assert_eq!(lyon.epci.map(|epci| epci.siren), Some("200046977"));
/// assert!(lyon.postcodes().any(|it| it == "69003"));
/// // The code of an arrondissement is that of its city.
/// assert_eq!(communes::by_code("69383"), Some(lyon));
/// ```
pub fn by_code(code: &str) -> Option<&'static Commune> {
    let code = code.trim().to_ascii_uppercase();
    commune_coded(&code).or_else(|| part_coded(&code).map(|part| part.commune))
}

fn commune_coded(code: &str) -> Option<&'static Commune> {
    find(list().communes, code, |commune| commune.code).ok()
}

fn part_coded(code: &str) -> Option<&'static Part> {
    let parts = &list().parts;
    let at = parts.binary_search_by(|part| part.code.cmp(code)).ok()?;
    parts.get(at)
}

/// All communes of exactly this name (see [`normalise`]), the biggest first.
///
/// Article and all: `"Le Havre"`, not `"Havre"`. Reads the whole list.
pub fn named(name: &str) -> Vec<&'static Commune> {
    let name = normalise(name);
    let mut found: Vec<_> = spellings()
        .iter()
        .filter(|spelling| spelling.part.is_none() && *spelling.text == name)
        .map(|spelling| spelling.commune)
        .collect();
    found.sort_by_key(|commune| (Reverse(commune.population), commune.code));
    found
}

/// A name as it is compared: lower-case ASCII letters and digits, words separated by one space.
///
/// Accents, case, hyphens and apostrophes are gone, ligatures are spelt out, and `st`, `ste` are
/// `saint`, `sainte`. What has no Latin letter or digit in it becomes empty.
///
/// ```
/// use ecosante_engine::communes::normalise;
///
/// assert_eq!(normalise("L’Haÿ-les-Roses"), "l hay les roses");
/// assert_eq!(normalise("ST-ÉTIENNE"), normalise("Saint Etienne"));
/// ```
pub fn normalise(name: &str) -> String {
    let mut folded = String::with_capacity(name.len() + 8);
    let mut word = 0;
    let mut push = |character: char| match character {
        'a'..='z' | '0'..='9' => folded.push(character),
        'A'..='Z' => folded.push(character.to_ascii_lowercase()),
        'œ' | 'Œ' => folded.push_str("oe"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'ß' | 'ẞ' => folded.push_str("ss"),
        _ if is_combining_mark(character) => {}
        _ => word = end_word(&mut folded, word),
    };
    if name.is_ascii() {
        name.chars().for_each(&mut push);
    } else {
        name.nfkd().for_each(&mut push);
    }
    end_word(&mut folded, word);
    folded.truncate(folded.trim_end().len());
    folded
}

/// Spells out the word that begins at `start`, if any, and gives where the next one begins.
fn end_word(folded: &mut String, start: usize) -> usize {
    let whole = match folded.get(start..) {
        None | Some("") => return start,
        Some("st") => Some("saint"),
        Some("ste") => Some("sainte"),
        Some("sts") => Some("saints"),
        Some("stes") => Some("saintes"),
        Some(_) => None,
    };
    if let Some(whole) = whole {
        folded.truncate(start);
        folded.push_str(whole);
    }
    folded.push(' ');
    folded.len()
}

/// A text under which a commune can be found.
struct Spelling {
    text: Box<str>,
    commune: &'static Commune,
    /// The part whose name it is; none: the commune's own.
    part: Option<&'static Part>,
}

impl Spelling {
    fn matched(&self, own: Matched) -> Matched {
        self.part.map_or(own, Part::matched)
    }
}

/// All of them. Apart from [`list`], because finding a commune by code does not need it.
fn spellings() -> &'static [Spelling] {
    static SPELLINGS: OnceLock<Vec<Spelling>> = OnceLock::new();
    SPELLINGS.get_or_init(|| {
        let own = list().communes.iter().map(|commune| (commune.name, commune, None));
        let parts = list().parts.iter().map(|part| (part.name, part.commune, Some(part)));
        own.chain(parts)
            .map(|(name, commune, part)| {
                let folded = normalise(name);
                Spelling { text: numbered(&folded).into(), commune, part }
            })
            .collect()
    })
}

/// The same words with the number of an arrondissement bare: `"lyon 03"`, `"lyon 3eme arr"` and
/// `"lyon 3e arrondissement"` are all `"lyon 3"`.
fn numbered(folded: &str) -> Cow<'_, str> {
    if !folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(folded);
    }
    let mut words = Vec::new();
    let mut after_number = false;
    for word in folded.split(' ') {
        let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let suffix = word.get(digits.len()..).unwrap_or_default();
        if is_number(digits)
            && matches!(suffix, "" | "e" | "er" | "re" | "nd" | "nde" | "eme" | "ieme")
        {
            words.push(digits.trim_start_matches('0'));
            after_number = true;
        } else if !(after_number && (word.starts_with("arr") || word == "ardt")) {
            words.push(word);
            after_number = false;
        }
    }
    Cow::Owned(words.join(" "))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// How well something answers a query, the best first: the order of the answers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Code,
    Postcode,
    Name,
    PartName,
    Prefix,
    Word,
    InsidePart,
    Typo,
    TypoInBeginning,
}

struct Found {
    rank: Rank,
    answer: Match,
}

impl Found {
    fn new(rank: Rank, commune: &'static Commune, matched: Matched) -> Self {
        Self { rank, answer: Match { commune, matched } }
    }
}

/// Bytes of a folded query; a longer one names no commune, not even with its region behind it.
const LONGEST_QUERY: usize = 120;

/// Letters from which one mistake is forgiven; fewer are close to too many names.
const SHORTEST_WITH_TYPO: usize = 4;

/// The communes that a person may mean, the best match first and among equals the biggest.
///
/// A query is an INSEE code, a postcode or at least its first three digits, or a name or the
/// beginning of one of its words, of a commune, a former commune or an arrondissement
/// (`"lyon 3e"`). A name may have its département, region or postcode with it
/// (`"Saint-Denis 974"`, `"44000 Nantes"`, `"Lyon, Rhône"`). Case, accents, hyphens and the like
/// do not matter, nor does one mistake in four letters or more when no name is exactly the query.
/// Each commune comes once. A number that is both a code and a postcode gives both, the code
/// first.
///
/// ```
/// use ecosante_engine::communes::{self, Matched};
///
/// let found = communes::search("st etienne", 3);
/// assert_eq!((found[0].commune.code, found[0].commune.name), ("42218", "Saint-Étienne"));
/// assert_eq!(found[0].matched, Matched::Name);
///
/// // A postcode, an arrondissement, a name with a mistake in it.
/// assert_eq!(communes::search("44000", 1)[0].commune.name, "Nantes");
/// let third = communes::search("Lyon 3e", 1)[0];
/// assert!(matches!(third.matched, Matched::Arrondissement { .. }));
/// assert_eq!(third.commune.code, "69123");
/// assert_eq!(communes::search("Bordaux", 1)[0].commune.name, "Bordeaux");
/// assert!(communes::search("nowhere at all", 1).is_empty());
/// ```
pub fn search(query: &str, limit: usize) -> Vec<Match> {
    let folded = normalise(query);
    if folded.is_empty() || folded.len() > LONGEST_QUERY {
        return Vec::new();
    }
    let mut found = match number_or_code(&folded) {
        Some(code) => by_number(&code),
        None => by_name(&numbered(&folded), |_| true),
    };
    if found.is_empty()
        && let Some((name, area)) = name_and_area(query, &folded)
    {
        let area = Area::of(&area);
        found = by_name(&numbered(&name), |commune| area.contains(commune));
    }
    found.sort_by_key(|found| {
        let commune = found.answer.commune;
        (found.rank, Reverse(commune.population), commune.code)
    });
    let mut seen = BTreeSet::new();
    found
        .into_iter()
        .map(|found| found.answer)
        .filter(|answer| seen.insert(answer.commune.code))
        .take(limit)
        .collect()
}

/// The query without its spaces if it is written like a code or a postcode: `75 013`, `2a004`.
fn number_or_code(folded: &str) -> Option<String> {
    let bare = folded.replace(' ', "");
    let corsican = bare.len() == 5 && (bare.starts_with("2a") || bare.starts_with("2b"));
    let digits = if corsican { bare.get(2..)? } else { bare.as_str() };
    is_number(digits).then_some(bare)
}

fn by_number(code: &str) -> Vec<Found> {
    let whole = code.len() == 5;
    let mut found = Vec::new();
    if whole {
        let code = code.to_ascii_uppercase();
        if let Some(commune) = commune_coded(&code) {
            found.push(Found::new(Rank::Code, commune, Matched::Code));
        } else if let Some(part) = part_coded(&code) {
            // Postcodes are known by more people than codes of communes of the past.
            let rank = match part.kind {
                PartKind::Arrondissement => Rank::Code,
                PartKind::Former => Rank::PartName,
            };
            found.push(Found::new(rank, part.commune, part.matched()));
        }
    }
    if whole || code.len() == 3 || code.len() == 4 {
        let with_postcode = list()
            .communes
            .iter()
            .filter(|commune| commune.postcodes().any(|postcode| postcode.starts_with(code)))
            .map(|commune| Found::new(Rank::Postcode, commune, Matched::Postcode));
        found.extend(with_postcode);
    }
    found
}

fn by_name(query: &str, within: impl Fn(&Commune) -> bool) -> Vec<Found> {
    if query.is_empty() {
        return Vec::new();
    }
    let candidates = || spellings().iter().filter(|spelling| within(spelling.commune));
    let mut found: Vec<Found> =
        candidates().filter_map(|spelling| as_written(query, spelling)).collect();

    let letters = query.bytes().filter(u8::is_ascii_alphabetic).count();
    let forgiving = letters >= SHORTEST_WITH_TYPO && !query.bytes().any(|b| b.is_ascii_digit());
    if forgiving && found.iter().all(|found| found.rank > Rank::PartName) {
        let misspelt = |rank, whole| {
            candidates().filter(move |spelling| one_mistake(query, &spelling.text, whole)).map(
                move |spelling| Found::new(rank, spelling.commune, spelling.matched(Matched::Typo)),
            )
        };
        found.extend(misspelt(Rank::Typo, true));
        // So much is close to the beginning of some name that this is for when nothing else is.
        if found.is_empty() {
            found.extend(misspelt(Rank::TypoInBeginning, false));
        }
    }
    found
}

/// How a query without a mistake matches, if it does.
fn as_written(query: &str, spelling: &Spelling) -> Option<Found> {
    let text = &*spelling.text;
    let stem = without_article(text);
    let (rank, matched) = if text == query || stem == query {
        (Rank::Name, Matched::Name)
    } else if text.starts_with(query) || stem.starts_with(query) {
        (Rank::Prefix, Matched::Prefix)
    } else if has_word(text, query) {
        (Rank::Word, Matched::Word)
    } else {
        return None;
    };
    let rank = match (rank, spelling.part) {
        (_, None) => rank,
        (Rank::Name, Some(_)) => Rank::PartName,
        (_, Some(_)) => Rank::InsidePart,
    };
    Some(Found::new(rank, spelling.commune, spelling.matched(matched)))
}

fn without_article(text: &str) -> &str {
    ["le ", "la ", "les ", "l "]
        .iter()
        .find_map(|article| text.strip_prefix(article))
        .unwrap_or(text)
}

/// Whether the query begins at a word of the text other than the first.
fn has_word(text: &str, query: &str) -> bool {
    text.len() > query.len()
        && text
            .match_indices(' ')
            .any(|(space, _)| text.get(space + 1..).is_some_and(|later| later.starts_with(query)))
}

/// Whether one letter missing, too many, wrong, or swapped with the next is all that keeps the
/// query from being the text (`whole`) or its beginning.
fn one_mistake(query: &str, text: &str, whole: bool) -> bool {
    let (query, text) = (query.as_bytes(), text.as_bytes());
    if query.len() > text.len() + 1 || (whole && query.len() + 1 < text.len()) {
        return false;
    }
    let same = query.iter().zip(text).take_while(|(asked, known)| asked == known).count();
    let (Some(asked), Some(known)) = (query.get(same..), text.get(same..)) else {
        return false;
    };
    let fits = |asked: &[u8], known: &[u8]| {
        if whole { asked == known } else { known.starts_with(asked) }
    };
    match (asked, known) {
        ([_, asked_on @ ..], [_, known_on @ ..]) => {
            let swapped = match (asked, known) {
                ([a, b, asked_on @ ..], [c, d, known_on @ ..]) => {
                    a == d && b == c && fits(asked_on, known_on)
                }
                _ => false,
            };
            swapped || fits(asked_on, known_on) || fits(asked, known_on) || fits(asked_on, known)
        }
        // One of them is at its end: what is left of the other is the mistake.
        _ => asked.len() + known.len() <= 1 || !whole && asked.len() <= 1,
    }
}

/// The two halves of `Lyon, Rhône`, `Saint-Denis (974)`, `Saint-Denis 974` or `44000 Nantes`.
fn name_and_area(query: &str, folded: &str) -> Option<(String, String)> {
    if let Some((name, area)) = query.split_once([',', '(']) {
        let (name, area) = (normalise(name), normalise(area));
        return (!name.is_empty() && !area.is_empty()).then_some((name, area));
    }
    let is_area = |word: &str| match word.len() {
        2 | 3 | 5 => is_number(word) || word == "2a" || word == "2b",
        _ => false,
    };
    let behind = folded.rsplit_once(' ').filter(|(_, area)| is_area(area));
    let before = folded.split_once(' ').filter(|(area, _)| is_area(area));
    let (name, area) = behind.or(before.map(|(area, name)| (name, area)))?;
    Some((name.to_owned(), area.to_owned()))
}

/// The part of France that a query is narrowed to.
enum Area {
    Postcode(String),
    Departements(Vec<&'static str>),
}

impl Area {
    fn of(folded: &str) -> Self {
        if folded.len() == 5 && is_number(folded) {
            return Self::Postcode(folded.to_owned());
        }
        let meant = |departement: &&Departement| {
            departement.code.eq_ignore_ascii_case(folded)
                || normalise(departement.name).starts_with(folded)
                || without_article(&normalise(departement.name)).starts_with(folded)
                || normalise(departement.region.name).starts_with(folded)
        };
        let codes = list().departements.iter().filter(meant).map(|departement| departement.code);
        Self::Departements(codes.collect())
    }

    fn contains(&self, commune: &Commune) -> bool {
        match self {
            Self::Postcode(postcode) => commune.postcodes().any(|known| known == postcode),
            Self::Departements(codes) => codes.contains(&commune.departement.code),
        }
    }
}

/// The time zone of a commune, from the territory that its INSEE code names.
///
/// Every code that names no territory overseas is taken for one of the mainland or Corsica.
pub fn time_zone(code: &str) -> Tz {
    match code {
        // Saint-Paul and Amsterdam; Kerguelen.
        "98411" | "98412" => return Tz::Indian__Kerguelen,
        "98414" => return Tz::Antarctica__DumontDUrville,
        // The Marquesas: Fatu-Hiva, Hiva-Oa, Nuku-Hiva, Tahuata, Ua-Huka, Ua-Pou.
        "98718" | "98723" | "98731" | "98746" | "98756" | "98757" => {
            return Tz::Pacific__Marquesas;
        }
        "98719" => return Tz::Pacific__Gambier,
        _ => {}
    }
    match departement_code(code) {
        "971" => Tz::America__Guadeloupe,
        "972" => Tz::America__Martinique,
        "973" => Tz::America__Cayenne,
        // Crozet and the Scattered Islands go by the clock of La Réunion.
        "974" | "984" => Tz::Indian__Reunion,
        "975" => Tz::America__Miquelon,
        "976" => Tz::Indian__Mayotte,
        "977" => Tz::America__St_Barthelemy,
        "978" => Tz::America__Marigot,
        "986" => Tz::Pacific__Wallis,
        "987" => Tz::Pacific__Tahiti,
        "988" => Tz::Pacific__Noumea,
        // Clipperton, which the zone database leaves out; the sign is the POSIX one.
        "989" => Tz::Etc__GMTPlus8,
        _ => Tz::Europe__Paris,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;

    fn codes(query: &str) -> Vec<&'static str> {
        search(query, 20).iter().map(|found| found.commune.code).collect()
    }

    fn first(query: &str) -> Match {
        *search(query, 1).first().unwrap_or_else(|| panic!("{query:?} finds nothing"))
    }

    #[test]
    fn every_line_of_the_file_is_read_and_sorted() {
        let list = list();
        assert_eq!(list.communes.len(), 34_969);
        assert_eq!(list.departements.len(), 109);
        assert_eq!(list.parts.len(), 45 + 2_502);
        assert!(list.communes.is_sorted_by(|a, b| a.code < b.code));
        assert!(list.parts.is_sorted_by(|a, b| a.code < b.code));
        for commune in list.communes {
            assert_eq!(commune.code.len(), 5, "{commune:?}");
            assert!(!normalise(commune.name).is_empty(), "{commune:?}");
            assert!(
                commune.postcodes().all(|postcode| postcode.len() == 5 && is_number(postcode)),
                "{commune:?}",
            );
            assert!(commune.epci.is_none_or(|epci| epci.siren.len() == 9), "{commune:?}");
        }
    }

    #[test]
    fn the_population_adds_up_to_that_of_france() {
        let inhabitants: u64 = all().iter().map(|commune| u64::from(commune.population)).sum();
        assert!((66_000_000..72_000_000).contains(&inhabitants), "{inhabitants}");
    }

    #[test]
    fn the_list_says_where_it_comes_from() {
        let told = provenance().join("\n");
        for word in ["@etalab/decoupage-administratif 6.0.0", "MIT", "INSEE", "Licence Ouverte 2.0"]
        {
            assert!(told.contains(word), "{word} is missing in {told}");
        }
        assert!(told.contains("Generated by `cargo xtask communes`"), "{told}");
    }

    #[test]
    fn a_broken_list_is_refused_with_its_line() {
        for (text, told) in [
            ("r\t11", "too short: \"r\\t11\""),
            ("r\t11\tÎle-de-France\t75056", "too long: \"r\\t11\\tÎle-de-France\\t75056\""),
            ("d\t75\tParis\t11", "unknown code \"11\""),
            ("c\t75056\tParis\t75001\t\t1", "unknown code \"75\""),
            ("r\t11\tIdF\nd\t75\tParis\t11\nc\t75056\tParis\t\t\t-1", "population of 75056"),
            ("z\t1", "unexpected line \"z\\t1\""),
        ] {
            assert_eq!(List::read(text).err().as_deref(), Some(told));
        }
    }

    #[test]
    fn a_code_gives_its_commune_with_all_that_is_known_of_it() {
        let cayenne = by_code("97302").unwrap();
        assert_eq!(cayenne.name, "Cayenne");
        assert_eq!(cayenne.epci.unwrap().siren, "249730045");
        assert_eq!(cayenne.departement.name, "Guyane");
        assert_eq!(cayenne.postcodes().collect::<Vec<_>>(), ["97300"]);
        assert!(cayenne.population > 60_000);

        let nantes = by_code("44109").unwrap();
        let epci = nantes.epci.unwrap();
        assert_eq!((epci.siren, epci.name), ("244400404", "Nantes Métropole"));
        assert_eq!(nantes.departement.region.name, "Pays de la Loire");
    }

    #[test]
    fn a_code_may_have_spaces_around_it_and_small_letters() {
        for code in ["2A004", "2a004", " 2a004\n"] {
            assert_eq!(by_code(code).unwrap().name, "Ajaccio", "{code:?}");
        }
        assert_eq!(by_code("2b033").unwrap().name, "Bastia");
    }

    #[test]
    fn what_is_no_code_gives_no_commune() {
        for code in ["", "7505", "750566", "99999", "Paris", "é", "20004"] {
            assert_eq!(by_code(code), None, "{code:?}");
        }
    }

    #[test]
    fn arrondissements_are_their_city() {
        for (codes, city) in
            [(75_101..=75_120, "75056"), (69_381..=69_389, "69123"), (13_201..=13_216, "13055")]
        {
            for code in codes {
                assert_eq!(by_code(&code.to_string()).unwrap().code, city, "{code}");
            }
        }
        assert_eq!(
            first("75113").matched,
            Matched::Arrondissement { name: "Paris 13e Arrondissement" },
        );
    }

    #[test]
    fn an_arrondissement_is_found_however_it_is_written() {
        for (query, city) in [
            ("Paris 13", "75056"),
            ("paris 13ème", "75056"),
            ("Lyon 3e", "69123"),
            ("Lyon 03", "69123"),
            ("Marseille 1er arrondissement", "13055"),
            ("MARSEILLE 16e arr.", "13055"),
        ] {
            assert_eq!(codes(query), [city], "{query:?}");
        }
        assert_eq!(
            first("lyon 3eme").matched,
            Matched::Arrondissement { name: "Lyon 3e Arrondissement" },
        );
    }

    #[test]
    fn a_former_commune_leads_to_the_one_it_is_part_of() {
        let found = first("Pierrefitte-sur-Seine");
        assert_eq!(found.commune.code, "93066");
        assert_eq!(found.matched, Matched::FormerName { name: "Pierrefitte-sur-Seine" });

        assert_eq!(by_code("93059").unwrap().code, "93066");
        let lomme = first("lomme");
        assert_eq!(lomme.commune.name, "Lille");
        assert_eq!(lomme.matched, Matched::FormerName { name: "Lomme" });
    }

    #[test]
    fn names_are_compared_by_their_letters_alone() {
        for (name, folded) in [
            ("L'Haÿ-les-Roses", "l hay les roses"),
            ("L’Haÿ—les  Roses ", "l hay les roses"),
            ("Rémire-Montjoly", "remire montjoly"),
            ("Remire-Montjoly", "remire montjoly"),
            ("ŒUILLY", "oeuilly"),
            ("St-Étienne", "saint etienne"),
            ("STE. COLOMBE", "sainte colombe"),
            ("Stes-Maries-de-la-Mer", "saintes maries de la mer"),
            ("Brest", "brest"),
            ("E\u{301}vry", "evry"),
            ("Château-Chinon (Ville)", "chateau chinon ville"),
            ("Lyon 3ᵉ", "lyon 3e"),
            ("😷 東京 - ", ""),
            ("", ""),
        ] {
            assert_eq!(normalise(name), folded, "{name:?}");
            assert_eq!(normalise(folded), folded, "folding twice changes nothing");
        }
    }

    #[test]
    fn all_communes_of_a_name_are_found_the_biggest_first() {
        let names: Vec<_> = named("saint denis").iter().map(|commune| commune.code).collect();
        let both: Vec<_> = names.iter().take(2).copied().collect();
        assert!(both.contains(&"93066") && both.contains(&"97411"), "{names:?}");
        assert!(names.len() > 2);
        assert!(named("saint deni").is_empty());
        assert!(named("").is_empty());
    }

    #[test]
    fn the_expected_commune_comes_first() {
        for (query, code) in [
            ("Paris", "75056"),
            ("pAri", "75056"),
            ("st etienne", "42218"),
            ("ST-ÉTIENNE", "42218"),
            ("etienne", "42218"),
            ("Ham", "80410"),
            ("Y", "80829"),
            ("L'Haÿ-les-Roses", "94038"),
            ("l hay les roses", "94038"),
            ("lhay les roses", "94038"),
            ("hay les roses", "94038"),
            ("havre", "76351"),
            ("rochel", "17300"),
            ("Cayenne", "97302"),
            ("remire montjoly", "97309"),
            ("oeuilly", "51410"),
            ("Nouméa", "98818"),
            ("ajacio", "2A004"),
            ("2a004", "2A004"),
            ("44 109", "44109"),
        ] {
            let found = first(query).commune;
            assert_eq!(found.code, code, "{query:?} finds {}", found.name);
        }
    }

    #[test]
    fn one_mistake_is_forgiven_whatever_its_kind() {
        for (query, name) in [
            ("cayene", "Cayenne"),
            ("Marsseille", "Marseille"),
            ("Nentes", "Nantes"),
            ("Toluouse", "Toulouse"),
            ("Xordeaux", "Bordeaux"),
            ("Strasbourgg", "Strasbourg"),
            ("Montpelli r", "Montpellier"),
            ("grnob", "Grenoble"),
            ("grneob", "Grenoble"),
            ("grnebol", "none"),
        ] {
            let found = search(query, 1);
            let found = found.first();
            let expected = (name != "none").then_some((name, Matched::Typo));
            assert_eq!(found.map(|it| (it.commune.name, it.matched)), expected, "{query:?}");
        }
    }

    #[test]
    fn a_name_written_right_brings_no_misspelt_ones() {
        let found = search("Lyon", usize::MAX);
        assert_eq!(found.first().map(|it| it.matched), Some(Matched::Name));
        assert!(found.iter().all(|it| it.matched != Matched::Typo));
    }

    #[test]
    fn three_letters_are_taken_as_they_are() {
        assert!(search("hma", 5).is_empty());
        assert_eq!(first("lyno").commune.name, "Lyon", "four are not");
    }

    #[test]
    fn a_postcode_gives_its_communes_the_biggest_first() {
        assert_eq!(codes("75013"), ["75056"]);
        assert_eq!(first("75013").matched, Matched::Postcode);
        assert_eq!(codes("75116"), ["75056"]);

        let ain = search("01400", 50);
        let by_postcode: Vec<_> =
            ain.iter().filter(|found| found.matched == Matched::Postcode).collect();
        assert!(by_postcode.len() > 5);
        assert!(by_postcode.is_sorted_by_key(|found| Reverse(found.commune.population)));
    }

    #[test]
    fn a_number_that_is_code_and_postcode_gives_both_the_code_first() {
        let found = search("13001", 5);
        assert_eq!(
            found.iter().map(|it| (it.commune.name, it.matched)).collect::<Vec<_>>(),
            [("Aix-en-Provence", Matched::Code), ("Marseille", Matched::Postcode)],
        );
    }

    #[test]
    fn three_digits_are_the_beginning_of_a_postcode_and_two_are_nothing() {
        assert_eq!(first("440").commune.name, "Nantes");
        assert_eq!(first("9730").commune.name, "Cayenne");
        assert!(search("44", 5).is_empty());
        assert!(search("750566", 5).is_empty());
    }

    #[test]
    fn an_area_with_the_name_narrows_the_search() {
        for query in ["Saint-Denis 974", "Saint-Denis (974)", "97400 st denis", "St Denis, Réunion"]
        {
            assert_eq!(first(query).commune.code, "97411", "{query:?}");
        }
        for query in ["44000 Nantes", "Nantes, Loire-Atlantique", "nantes (pays de la loire)"] {
            assert_eq!(first(query).commune.code, "44109", "{query:?}");
        }
        assert_eq!(first("Bastia 2B").commune.code, "2B033");
        assert!(search("Nantes 69", 5).is_empty());
        assert!(search("Nantes, Bavaria", 5).is_empty());
    }

    #[test]
    fn each_commune_comes_once_and_never_more_than_asked() {
        for query in ["saint", "a", "paris", "marseille 1", "132"] {
            let found = codes(query);
            let different: BTreeSet<_> = found.iter().collect();
            assert_eq!(found.len(), different.len(), "{query:?}");
        }
        assert_eq!(search("saint", 7).len(), 7);
        assert!(search("saint", 0).is_empty());
    }

    #[test]
    fn every_commune_is_found_by_its_own_name() {
        for commune in all().iter().step_by(487) {
            let found = search(commune.name, usize::MAX);
            assert!(
                found.iter().any(|it| it.commune == commune && it.matched == Matched::Name),
                "{commune:?}",
            );
        }
    }

    #[test]
    fn odd_queries_find_nothing_and_break_nothing() {
        let long = "saint ".repeat(2_000);
        let digits = "7".repeat(10_000);
        let marks = "e\u{301}\u{301}".repeat(4_000);
        let nonsense = [
            "",
            " ",
            "\0",
            "😷",
            "👩‍👧",
            "-",
            "'",
            ",",
            "(",
            ",,(",
            "(75)",
            "0",
            "00",
            "東京",
            "٣٤",
            "zzzzzzzz",
            "%",
            "*",
            "arr",
            &long,
            &digits,
            &marks,
        ];
        for query in nonsense {
            let found = search(query, 5);
            if query != "arr" {
                assert!(found.is_empty(), "{query:.20?} finds {found:?}");
            }
            assert_eq!(by_code(query), None);
        }
        assert_eq!(first("😷 Lyon 😷").commune.code, "69123");
    }

    #[test]
    fn a_commune_has_the_time_of_its_territory() {
        for (name, code, zone) in [
            ("Paris", "75056", "Europe/Paris"),
            ("Ajaccio", "2A004", "Europe/Paris"),
            ("Basse-Terre", "97105", "America/Guadeloupe"),
            ("Fort-de-France", "97209", "America/Martinique"),
            ("Cayenne", "97302", "America/Cayenne"),
            ("Saint-Denis", "97411", "Indian/Reunion"),
            ("Saint-Pierre", "97502", "America/Miquelon"),
            ("Mamoudzou", "97611", "Indian/Mayotte"),
            ("Saint-Barthélemy", "97701", "America/St_Barthelemy"),
            ("Saint-Martin", "97801", "America/Marigot"),
            ("Uvea", "98613", "Pacific/Wallis"),
            ("Papeete", "98735", "Pacific/Tahiti"),
            ("Nuku-Hiva", "98731", "Pacific/Marquesas"),
            ("Gambier", "98719", "Pacific/Gambier"),
            ("Nouméa", "98818", "Pacific/Noumea"),
            ("Archipel des Kerguelen", "98412", "Indian/Kerguelen"),
            ("Île de Clipperton", "98901", "Etc/GMT+8"),
        ] {
            let commune = by_code(code).unwrap();
            assert_eq!((commune.name, commune.time_zone().name()), (name, zone));
        }
        assert_eq!(time_zone(""), Tz::Europe__Paris);
    }
}
