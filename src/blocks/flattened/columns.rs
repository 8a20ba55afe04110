//! A header cell → what its column holds; a cell's text → how well it fits such a column.
//!
//! The words are those of data/zh/tables.txt. Fits are in points, about the natural logarithm of how much likelier the
//! text is in this column than anywhere; the parts were set by hand on tables of our own.

use crate::lexicon::{fold, keys, settings};
use crate::numbering;
use crate::text::{
    Index, Words, count, count_of, first, has, hash, is_blank, is_closing, is_ideograph, is_opening, is_worded, last,
    part, trim_end,
};
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

/// What a word says of a header cell that no list holds, by the keys of data/zh/tables.txt.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Endings,
    Starts,
}

struct Word {
    text: &'static str,
    says: Says,
    column: Column,
}

struct Lists {
    /// Whole header cells and whole cells, each with the number of its column.
    words: Index,
    values: Index,
    /// How cells begin and end and what they hold, each with the number of its column.
    begins: Words,
    ends: Words,
    holds: Words,
    joints: Words,
    tails: Words,
    /// How header cells start and end.
    parts: Vec<Word>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let (mut words, mut values, mut parts) = (Vec::new(), Vec::new(), Vec::new());
        let mut sought: [Vec<(&str, i32)>; 5] = Default::default();
        let [begins, ends, holds, joints, tails] = &mut sought;
        for (name, group) in keys!("table.column.") {
            let Some((_, column)) = NAMES.iter().find(|(n, _)| name.ends_with(n)) else { continue };
            for (key, list) in settings(group) {
                for text in list.split(' ') {
                    let number = *column as i32;
                    match key {
                        "words" => words.push((hash(text), *column as usize)),
                        "values" => values.push((hash(text), *column as usize)),
                        "begins" => begins.push((text, number)),
                        "ends" => ends.push((text, number)),
                        "holds" => holds.push((text, number)),
                        "joints" => joints.push((text, number)),
                        "tails" => tails.push((text, text.len() as i32)),
                        "endings" => parts.push(Word { text, says: Says::Endings, column: *column }),
                        "starts" => parts.push(Word { text, says: Says::Starts, column: *column }),
                        _ => {}
                    }
                }
            }
        }
        let [begins, ends, holds, joints, tails] = sought;
        let [begins, holds, joints, tails] = [begins, holds, joints, tails].map(Words::new);
        let (words, values) = (Index::sorted(words), Index::sorted(values));
        Lists { words, values, begins, ends: Words::ends(ends), holds, joints, tails, parts }
    })
}

/// The text as the lists have it.
pub fn folded(text: &str) -> String {
    let mut word = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_blank(c) {
            word.push(fold(c));
        }
    }
    word
}

/// The column that a header cell heads, if it is a word of a list.
pub fn known(cell: &str) -> Option<Column> {
    if cell.len() > 96 || count(cell) > 24 {
        return None;
    }
    let column = lists().words.of(hash(&folded(cell))).first()?.1;
    NAMES.get(column).map(|(_, column)| *column)
}

/// The column that a phrase would head by its start, or by the longest ending that it has.
pub fn likely(cell: &str) -> Option<Column> {
    if !is_short(cell) {
        return None;
    }
    let word = folded(cell);
    let (mut column, mut longest) = (None, 0);
    for part in &lists().parts {
        if part.says == Says::Starts && word.starts_with(part.text) {
            return Some(part.column);
        }
        if part.says == Says::Endings && part.text.len() > longest && word.ends_with(part.text) {
            (column, longest) = (Some(part.column), part.text.len());
        }
    }
    column
}

/// A phrase that can be a header cell.
pub fn is_short(cell: &str) -> bool {
    let inner = |c: char| {
        matches!(
            c,
            '\u{3001}' | '\u{ff0c}' | ',' | '\u{3002}' | '\u{ff1a}' | ':' | '\u{ff1b}' | ';' | '\u{201c}' | '\u{300a}'
        )
    };
    count(cell) <= 16 && !has(cell, inner) && has(cell, is_ideograph)
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
    let word = folded(text);
    // A cell of more than this is judged by its ends.
    let head = part(&word, 0, nth(&word, 160));
    let bare = trim_end(&word, |c| matches!(c, '\u{3002}' | ';' | '.' | ','));
    let address = is_address(&word);
    let colon = word.find(':').map_or(0, |at| count(part(&word, 0, at)));
    let upper = text.len() - text.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '_' || c == '.').len();
    let end = last(&word);
    let latin = |c: char| c.is_ascii_alphanumeric();
    let mut piece = Piece {
        worded: is_worded(&word),
        chars: few(count(&word)),
        listed: few(count_of(&word, |c| matches!(c, '\u{3001}' | '/'))),
        commas: few(count_of(&word, |c| c == ',')),
        stops: few(count_of(&word, |c| matches!(c, '\u{3002}' | '!' | '?'))),
        url: address,
        digits: word.len() <= 3 && !has(&word, |c| !c.is_ascii_digit()),
        constant: upper >= 4 && text.contains('_') || upper >= 6,
        labelled: (2..12).contains(&colon) && !address,
        mark: numbering::parse(rest).map_or(0.0, |m| match m.kind {
            numbering::Kind::Bullet => 1.0,
            k if k < numbering::Kind::Decimal => 8.0,
            numbering::Kind::Multi(_) => 6.0,
            _ => 4.0,
        }),
        latin_first: latin(first(&word)),
        latin_last: latin(end) || end == '.',
        closing: is_closing(first(&word)),
        opening: is_opening(end) || !address && matches!(end, '\u{3001}' | ',' | '/' | '&'),
        leads: end == ':',
        ended: matches!(end, '\u{3002}' | ';' | '!'),
        hash: hash(&word),
        head: hash(part(&word, 0, nth(&word, 2))),
        tail: hash(part(&word, nth(&word, count(&word).saturating_sub(2)), word.len())),
        ..Piece::default()
    };
    for (_, column) in lists().values.of(piece.hash) {
        piece.values |= 1 << column;
    }
    let lists = lists();
    lists.holds.each(head, |column| {
        piece.holds |= 1 << column;
        piece.data += u16::from(column == Column::Data as i32);
    });
    lists.begins.starting(&word, |column| piece.begins |= 1 << column);
    lists.ends.ending(&word, |column| piece.ends |= 1 << column);
    lists.ends.ending(bare, |column| piece.ends |= 1 << column);
    piece.running = lists.joints.starts(&word);
    lists.tails.starting(&word, |length| {
        let rest = part(&word, length as usize, word.len());
        piece.trailing |= rest.is_empty() || rest.starts_with('(');
    });
    piece.prose = piece.chars > 24
        && !piece.labelled
        && !address
        && u32::from(piece.listed) * 3 <= count_of(&word, |c| matches!(c, ',' | '\u{3002}')) as u32 * 2;
    piece
}

/// The byte at which the character of that number stands, or the text's end.
fn nth(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |c| c.0)
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

fn is_address(word: &str) -> bool {
    let host = part(word, 0, word.find('/').unwrap_or(word.len()));
    word.starts_with("http")
        || word.starts_with("www.")
        || word.is_ascii()
            && host.len() > 5
            && !has(host, |c| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'))
            && host
                .rsplit_once('.')
                .is_some_and(|(_, top)| (2..=4).contains(&top.len()) && !has(top, |c| !c.is_ascii_lowercase()))
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

    /// What it shows, whatever the column: a bit for each weight; the first ones stay open.
    pub fn shows(&self) -> Shows {
        let has = |set: Columns, column: Column| set & bit(column) > 0;
        let purpose = has(self.begins, Column::Purpose);
        let chars = |more: u16| self.chars > more;
        let open = [true, false, false, false, false];
        let all = [
            self.stops + self.commas > 0,
            self.listed > 0,
            has(self.ends, Column::Company),
            self.informs(),
            // A phrase such as "network information", alone.
            has(self.ends, Column::Data) && !purpose,
            purpose,
            self.ended || self.labelled,
            self.constant,
            chars(8),
            chars(12),
            chars(14),
            chars(18),
            chars(24),
            chars(30),
            chars(40),
        ];
        open.iter().chain(&all).rev().fold(0, |shows, shown| shows << 1 | Shows::from(*shown))
    }

    fn informs(&self) -> bool {
        self.data >= 3 || self.data > 0 && (self.listed > 0 || self.labelled)
    }

    /// How well it fits a column, in points; `shows` is what `shows` says.
    pub fn fit(&self, column: Column, shows: Shows) -> f32 {
        if self.urls > 0 && column != Column::Link {
            return -7.0;
        }
        if self.digits && column != Column::Order {
            return -3.0;
        }
        let has = |set: Columns, column: Column| set & bit(column) > 0;
        let own = [self.values, self.begins, self.ends, self.holds];
        let own = own.iter().rev().fold(0, |shows, set| shows << 1 | Shows::from(has(*set, column)));
        // Most weights are none: only what is shown and weighs is summed.
        let mut left = (shows | own << 1) & WEIGHING.get(column as usize).copied().unwrap_or(0);
        let weights = WEIGHTS.get(column as usize).map_or(&[][..], |w| w);
        let mut tenths = 0i16;
        while left != 0 {
            tenths += i16::from(weights.get(left.trailing_zeros() as usize).copied().unwrap_or(0));
            left &= left - 1;
        }
        let points = f32::from(tenths) * 0.1;
        let purpose = || has(self.begins, Column::Purpose);
        match column {
            Column::Order if self.digits => 4.0,
            Column::Link if self.urls > 0 => 5.0 - 2.0 * f32::from(self.pieces - self.urls),
            Column::Company if self.stops + self.commas > 0 && !has(self.ends, Column::Company) => points - 3.0,
            Column::Data => {
                let named = self.constant || has(self.ends, Column::Name) && self.data == 0;
                let against = 1.5 * f32::from(self.prose + u16::from(purpose() && !self.informs()) + u16::from(named));
                points + f32::from(self.data.min(3) + u16::from(self.labelled)) - against
            }
            Column::Purpose => {
                let system = self.constant || has(self.values, Column::System);
                points - f32::from(u16::from(self.informs() && !purpose()) + 2 * u16::from(system)) * 1.5
            }
            _ => points,
        }
    }
}

/// One bit for each of a column's weights.
pub type Shows = u32;

/// The weights that are not 0.
const WEIGHING: [Shows; 13] = {
    let mut weighing = [0; 13];
    let mut column = 0;
    while column < WEIGHTS.len() {
        let mut at = 0;
        while at < WEIGHTS[column].len() {
            weighing[column] |= ((WEIGHTS[column][at] != 0) as Shows) << at;
            at += 1;
        }
        column += 1;
    }
    weighing
};

/// For each column, in their order, how much what a cell shows speaks for it, in tenths of a point: in any case; it is a
/// value of the column, begins, ends, or holds a word as the column's cells do; sentence punctuation, a list, the end of a
/// company's name, kinds of information, one kind alone, the beginning of a purpose, the end of an entry or a label, a
/// constant; more than 8, 12, 14, 18, 24, 30, 40 characters.
#[rustfmt::skip]
const WEIGHTS: [[i8; 20]; 13] = [
    [-25, 50,  0,  0,  0,   0,   0,   0,   0,   0,   0,   0,  0, -20,   0,   0,   0,   0,   0,   0],
    [-10, 30,  0, 40,  5,   0,  -5,   0, -10,   0,   0,   0,  0,   0,   0,   0,   0,   0,   0, -20],
    [ -5,  0,  0,  0,  0,   0,  10, -40,   0,   0,   0,   0,  0,   0,   0,   0,   0,   0,   0,   0],
    [ 10,  0,  0, 10, 10, -30, -10, -20, -20,   0,   0, -20,  0,   0, -20,   0, -20,   0, -20,   0],
    [-45, 60,  0,  0,  0,  -5,   0,   0,   0,   0,   0,   0,  0,   0,   0,   0,   0,   0,   0,   0],
    [  0,  0,  0,  0, 20, -20, -10, -10,   0,   0,   0,   0,  0,   0,   0, -20,   0,   0, -30,   0],
    [ 15,  0,  0, 15,  0, -25,  -5, -30, -20, -20, -10, -20,  0,   0,   0,   0,   0, -20,   0, -30],
    [-60,  0,  0,  0,  0,   0,   0,   0,   0,   0,   0,   0,  0,   0,   0,   0,   0,   0,   0,   0],
    [  0,  0,  0, 25, 10, -30,   0, -10,   0,   0, -10,   0, 30,   0,   0,   0,   0,   0,   0, -30],
    [  0,  0, 20,  7,  5,   5,   0, -30,   0, -20,   0,   0,  0,   0,   0,   0,   0,   0,   0,   0],
    [-25, 65,  0,  0,  0,   0,   0,   0,   0,   0,   0,   0,  0,   0, -30,   0,   0,   0,   0,   0],
    [  0,  0,  0, 10, 15,   0,   0, -10, -10,   0,   0,   0,  0,   0,   0,   0,   0,   0,   0,   0],
    [  3,  0,  0,  0,  0,   0,   0, -10,   0,   0,   0,   0,  0,   0,   0,   0,   0,   0,   0,   0],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_written_folded() {
        for (_, group) in keys!("table.column.") {
            for (_, list) in settings(group) {
                for word in list.split(' ') {
                    assert!(!word.is_empty() && folded(word) == word, "{word}");
                }
            }
        }
    }
}
