//! A header cell → what its column holds; a cell's text → how well it fits such a column.
//!
//! The words are those of data/zh/tables.txt. Fits are in points, about the natural logarithm of how much likelier the
//! text is in this column than anywhere; the parts were set by hand on tables of our own.

use crate::lexicon::{fold, groups, settings};
use crate::numbering;
use crate::text::{is_blank, is_closing, is_ideograph, is_opening};
use std::sync::OnceLock;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// A yes or no, or required or optional.
    Choice,
    /// The name of a company.
    Company,
    /// Kinds of information.
    Data,
    /// A word that several rows share.
    Group,
    /// The address of a page.
    Link,
    /// How something is done.
    Method,
    /// The name of a product.
    Name,
    /// 1, 2, 3.
    Order,
    /// A permission of an operating system.
    Permission,
    /// What for, or when.
    Purpose,
    /// An operating system.
    System,
    /// How long, or where.
    Term,
    /// Nothing that the lists know.
    Text,
}

/// The groups of data/zh/tables.txt are `table.column.` and one of these.
const NAMES: [(&str, Column); 13] = [
    ("choice", Column::Choice),
    ("company", Column::Company),
    ("data", Column::Data),
    ("group", Column::Group),
    ("link", Column::Link),
    ("method", Column::Method),
    ("name", Column::Name),
    ("order", Column::Order),
    ("permission", Column::Permission),
    ("purpose", Column::Purpose),
    ("system", Column::System),
    ("term", Column::Term),
    ("text", Column::Text),
];

/// One bit a column.
type Columns = u16;

const fn bit(column: Column) -> Columns {
    1 << column as u16
}

#[derive(Default)]
struct Lists {
    words: Vec<(String, Columns)>,
    endings: Vec<(String, Column)>,
    starts: Vec<(String, Column)>,
    values: Vec<(String, Columns)>,
    begins: Vec<(String, Columns)>,
    ends: Vec<(String, Columns)>,
    holds: Vec<(String, Columns)>,
    tails: Vec<String>,
    joints: Vec<String>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        const PREFIX: &str = "table.column.";
        let mut lists = Lists::default();
        for (name, group) in groups(PREFIX) {
            let Some((_, column)) = NAMES.iter().find(|(n, _)| name.get(PREFIX.len()..) == Some(n)) else { continue };
            for (key, words) in settings(group) {
                for word in words.split_whitespace().map(folded) {
                    match key {
                        "words" => lists.words.push((word, bit(*column))),
                        "endings" => lists.endings.push((word, *column)),
                        "starts" => lists.starts.push((word, *column)),
                        "values" => lists.values.push((word, bit(*column))),
                        "begins" => add(&mut lists.begins, word, *column),
                        "tails" => lists.tails.push(word),
                        "joints" => lists.joints.push(word),
                        "ends" => add(&mut lists.ends, word, *column),
                        _ => add(&mut lists.holds, word, *column),
                    }
                }
            }
        }
        lists.words.sort_unstable();
        lists.values.sort_unstable();
        // The longest ending decides.
        lists.endings.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        lists
    })
}

fn add(list: &mut Vec<(String, Columns)>, word: String, column: Column) {
    match list.iter_mut().find(|(w, _)| *w == word) {
        Some((_, columns)) => *columns |= bit(column),
        None => list.push((word, bit(column))),
    }
}

/// The columns of a word in a sorted list; 0 where it is not in it.
fn of(list: &[(String, Columns)], word: &str) -> Columns {
    let from = list.partition_point(|(w, _)| w.as_str() < word);
    list.iter().skip(from).take_while(|(w, _)| w == word).fold(0, |all, (_, columns)| all | columns)
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).map(fold).collect()
}

/// The column that a header cell heads, if it is a word of a list.
pub fn known(cell: &str) -> Option<Column> {
    let short = cell.chars().count() <= 24;
    let columns = if short { of(&lists().words, &folded(cell)) } else { 0 };
    NAMES.iter().map(|(_, column)| *column).find(|column| columns & bit(*column) > 0)
}

/// The column that a phrase would head by its ending.
pub fn likely(cell: &str) -> Option<Column> {
    if !is_short(cell) {
        return None;
    }
    let word = folded(cell);
    let lists = lists();
    if let Some((_, column)) = lists.starts.iter().find(|(start, _)| word.starts_with(start.as_str())) {
        return Some(*column);
    }
    lists.endings.iter().find(|(ending, _)| word.ends_with(ending.as_str())).map(|(_, column)| *column)
}

/// A phrase that can be a header cell.
pub fn is_short(cell: &str) -> bool {
    let inner = |c: char| {
        matches!(
            c,
            '\u{3001}' | '\u{ff0c}' | ',' | '\u{3002}' | '\u{ff1a}' | ':' | '\u{ff1b}' | ';' | '\u{201c}' | '\u{300a}'
        )
    };
    cell.chars().count() <= 16 && !cell.contains(inner) && cell.contains(is_ideograph)
}

/// What is known of one chunk, whatever column it falls into.
#[expect(clippy::struct_excessive_bools, reason = "independent observations, read by different columns")]
#[derive(Clone, Debug, Default)]
pub struct Piece {
    chars: u16,
    values: Columns,
    begins: Columns,
    ends: Columns,
    holds: Columns,
    /// Words of data columns in it.
    data: u16,
    /// `、` in it.
    listed: u16,
    /// `，` in it.
    commas: u16,
    /// `。` in it.
    stops: u16,
    /// It holds a letter, a digit or an ideograph.
    worded: bool,
    /// A stretch of a sentence rather than words or a list.
    prose: bool,
    url: bool,
    digits: bool,
    /// A constant such as `READ_CONTACTS`.
    constant: bool,
    /// A short label and a colon come first.
    pub labelled: bool,
    /// What a number before it says of it: how unlikely it stands in a table, in points.
    pub mark: f32,
    pub latin_first: bool,
    pub latin_last: bool,
    /// Cannot start a cell.
    pub closing: bool,
    /// A particle or a conjunction comes first: no cell starts so.
    pub running: bool,
    /// A word that ends names and stands in no cell first.
    pub trailing: bool,
    /// Cannot end a cell: a comma or an opening bracket stands at its end.
    pub opening: bool,
    /// A colon at its end.
    pub leads: bool,
    /// A sentence or a part of an enumeration ends with it.
    pub ended: bool,
    pub hash: u64,
    /// The first two characters.
    pub head: u64,
    /// The last two characters.
    pub tail: u64,
}

/// Reads one chunk; `rest` is the text from its start on.
pub fn piece(text: &str, rest: &str) -> Piece {
    let lists = lists();
    let word = folded(text);
    // A cell of more than this is judged by its ends.
    let head: String = word.chars().take(160).collect();
    let chars: Vec<char> = word.chars().collect();
    let count = |set: &[char]| few(chars.iter().filter(|c| set.contains(c)).count());
    let all = |list: &[(String, Columns)], fits: &dyn Fn(&str) -> bool| {
        list.iter().filter(|(w, _)| fits(w)).fold(0, |all, (_, columns)| all | columns)
    };
    let bare = word.trim_end_matches(['\u{3002}', ';', '.', ',']);
    let first = chars.first().copied().unwrap_or(' ');
    let last = chars.last().copied().unwrap_or(' ');
    let upper = text.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_' || *c == '.').count();
    let data = bit(Column::Data);
    let labelled = chars.iter().take(12).position(|c| *c == ':').is_some_and(|at| at > 1) && !is_address(&word);
    Piece {
        worded: chars.iter().any(|c| c.is_alphanumeric()),
        prose: chars.len() > 24
            && !labelled
            && !is_address(&word)
            && count(&['\u{3001}', '/']) * 3 <= count(&[',', '\u{3002}']) * 2,
        chars: few(chars.len()),
        values: of(&lists.values, &word),
        begins: all(&lists.begins, &|w| word.starts_with(w)),
        ends: all(&lists.ends, &|w| word.ends_with(w) || bare.ends_with(w)),
        holds: all(&lists.holds, &|w| head.contains(w)),
        data: few(lists.holds.iter().filter(|(w, columns)| columns & data > 0 && head.contains(w.as_str())).count()),
        listed: count(&['\u{3001}', '/']),
        commas: count(&[',']),
        stops: count(&['\u{3002}', '!', '?']),
        url: is_address(&word),
        digits: chars.len() <= 3 && chars.iter().all(char::is_ascii_digit),
        constant: upper >= 4 && text.contains('_') || upper >= 6,
        labelled,
        mark: numbering::parse(rest).map_or(0.0, |m| match m.kind {
            numbering::Kind::Bullet => 1.0,
            k if k < numbering::Kind::Decimal => 8.0,
            numbering::Kind::Multi(_) => 6.0,
            _ => 4.0,
        }),
        latin_first: first.is_ascii_alphanumeric(),
        latin_last: last.is_ascii_alphanumeric() || last == '.',
        closing: is_closing(first),
        running: lists.joints.iter().any(|j| word.starts_with(j.as_str())),
        trailing: lists
            .tails
            .iter()
            .any(|t| word.strip_prefix(t.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('('))),
        opening: is_opening(last) || !is_address(&word) && matches!(last, '\u{3001}' | ',' | '/' | '&'),
        leads: last == ':',
        ended: matches!(last, '\u{3002}' | ';' | '!'),
        hash: hash(chars.iter().copied()),
        head: hash(chars.iter().copied().take(2)),
        tail: hash(chars.iter().rev().copied().take(2)),
    }
}

impl Piece {
    pub fn is_url(&self) -> bool {
        self.url
    }

    /// How much less likely the chunk is outside of tables, in points: prose is not made of words without punctuation.
    pub fn tabular(&self) -> f32 {
        if self.mark > 0.0 || self.stops > 0 || self.prose || !self.worded {
            0.0
        } else if self.commas == 0 && self.chars <= 24 {
            1.6
        } else {
            0.9
        }
    }

    /// Entries with commas between them.
    pub fn is_list(&self) -> bool {
        self.listed > 0
    }

    /// A word or a short phrase without punctuation.
    pub fn is_brief(&self) -> bool {
        self.chars <= 10 && self.listed + self.commas + self.stops == 0
    }
}

/// Counts stop at the largest number they hold.
fn few(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// FNV-1a over characters: the same everywhere and at all times.
fn hash(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(0xcbf2_9ce4_8422_2325, |h, c| (h ^ u64::from(c as u32)).wrapping_mul(0x0100_0000_01b3))
}

fn is_address(word: &str) -> bool {
    let ascii = word.bytes().take_while(u8::is_ascii).count();
    let host = word.get(..word.find('/').unwrap_or(word.len())).unwrap_or("");
    word.starts_with("http")
        || word.starts_with("www.")
        || ascii == word.len()
            && host.matches('.').count() >= 1
            && host.len() > 5
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
            && host
                .rsplit('.')
                .next()
                .is_some_and(|top| (2..=4).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_lowercase()))
}

/// A run of chunks taken as one cell.
#[expect(clippy::struct_excessive_bools, reason = "independent observations, read by different columns")]
#[derive(Clone, Debug, Default)]
pub struct Cell {
    pieces: u16,
    chars: u16,
    values: Columns,
    begins: Columns,
    ends: Columns,
    holds: Columns,
    data: u16,
    listed: u16,
    commas: u16,
    stops: u16,
    prose: u16,
    urls: u16,
    digits: bool,
    constant: bool,
    labelled: bool,
    ended: bool,
    pub hash: u64,
    pub head: u64,
    pub tail: u64,
}

impl Cell {
    /// Takes one more chunk in.
    pub fn push(&mut self, piece: &Piece) {
        if self.pieces == 0 {
            self.begins = piece.begins;
            self.head = piece.head;
            self.labelled = piece.labelled;
            self.digits = piece.digits;
            self.values = piece.values;
        } else {
            self.digits = false;
            self.values = 0;
        }
        self.pieces += 1;
        self.chars = self.chars.saturating_add(piece.chars);
        self.ends = piece.ends;
        self.tail = piece.tail;
        self.ended = piece.ended;
        self.holds |= piece.holds;
        self.data = self.data.saturating_add(piece.data);
        self.listed = self.listed.saturating_add(piece.listed);
        self.commas = self.commas.saturating_add(piece.commas);
        self.stops = self.stops.saturating_add(piece.stops);
        self.prose += u16::from(piece.prose);
        self.urls += u16::from(piece.url);
        self.constant |= piece.constant;
        self.hash = self.hash.rotate_left(5) ^ piece.hash;
    }

    /// Characters in it.
    pub fn chars(&self) -> u16 {
        self.chars
    }

    /// How well it fits a column, in points.
    pub fn fit(&self, column: Column) -> f32 {
        let has = |set: Columns, points: f32| if set & bit(column) > 0 { points } else { 0.0 };
        let over = |limit: u16, points: f32| if self.chars > limit { points } else { 0.0 };
        let punctuated = if self.stops + self.commas > 0 { 1.0 } else { 0.0 };
        let listed = if self.listed > 0 { 1.0 } else { 0.0 };
        let company = if self.ends & bit(Column::Company) > 0 { 1.0 } else { 0.0 };
        let begins_purpose = if self.begins & bit(Column::Purpose) > 0 { 1.0 } else { 0.0 };
        // A phrase such as "network information", alone.
        let names_data =
            if self.ends & bit(Column::Data) > 0 && self.begins & bit(Column::Purpose) == 0 { 1.0 } else { 0.0 };
        let informs = if self.data >= 3 || self.data > 0 && (self.listed > 0 || self.labelled) { 1.0 } else { 0.0 };
        if self.urls > 0 && column != Column::Link {
            return -7.0;
        }
        if self.digits && column != Column::Order {
            return -3.0;
        }
        match column {
            Column::Order => {
                if self.digits {
                    4.0
                } else {
                    -6.0
                }
            }
            Column::Link => match self.urls {
                0 => has(self.values, 6.0) - 4.5 - 0.5 * punctuated,
                urls => 5.0 - 2.0 * f32::from(self.pieces - urls),
            },
            Column::Company => {
                has(self.ends, 4.0) + has(self.values, 3.0) + has(self.holds, 0.5)
                    - 1.0
                    - 3.0 * punctuated * (1.0 - company)
                    - 0.5 * listed
                    + over(40, -2.0)
                    - informs
            }
            Column::System => has(self.values, 6.5) - 2.5 + over(12, -3.0),
            Column::Choice => has(self.values, 5.0) - 2.5 + over(8, -2.0),
            Column::Name => {
                1.5 + has(self.ends, 1.5) - 3.0 * company - 2.5 * punctuated - 0.5 * listed
                    + over(24, -2.0)
                    + over(40, -3.0)
                    - 2.0 * informs
                    - 2.0 * names_data
                    - 1.0 * begins_purpose
                    - if self.ended || self.labelled { 2.0 } else { 0.0 }
            }
            Column::Group => {
                1.0 + has(self.ends, 1.0) + has(self.holds, 1.0) - 2.0 * company - 3.0 * punctuated - listed
                    + over(12, -2.0)
                    + over(18, -2.0)
                    + over(30, -2.0)
                    - 2.0 * informs
                    - if self.ended || self.labelled { 2.0 } else { 0.0 }
            }
            Column::Permission => {
                (if self.constant { 3.0 } else { 0.0 }) + has(self.ends, 2.5) + has(self.holds, 1.0) - 3.0 * punctuated
                    + over(40, -3.0)
                    - company
                    - begins_purpose
            }
            Column::Method => {
                has(self.holds, 2.0) + over(14, -2.0) + over(30, -3.0) - 2.0 * punctuated - listed - company
            }
            Column::Term => has(self.holds, 1.5) + has(self.ends, 1.0) - company - informs,
            Column::Data => {
                f32::from(self.data.min(3)) - 0.5 - 1.5 * f32::from(self.prose)
                    + 1.0 * listed
                    + (if self.labelled { 1.0 } else { 0.0 })
                    - 4.0 * company
                    - 1.5 * begins_purpose * (1.0 - informs)
                    - if self.constant || self.ends & bit(Column::Name) > 0 && self.data == 0 { 1.5 } else { 0.0 }
            }
            Column::Purpose => {
                has(self.begins, 2.0) + has(self.ends, 0.7) + has(self.holds, 0.5) + 0.5 * punctuated
                    - 3.0 * company
                    - informs * (1.0 - begins_purpose) * 1.5
                    - 2.0 * names_data
                    - if self.constant || self.values & bit(Column::System) > 0 { 3.0 } else { 0.0 }
            }
            Column::Text => 0.3 - company - over(60, 0.0),
        }
    }
}
