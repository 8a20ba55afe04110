//! A text of JSON → [`Json`], as far as a view needs it: no fractions, no signs, nothing deeper than a view is.

use std::cell::RefCell;

/// Deeper than any view.
const DEEPEST: usize = 16;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`, or what is not there.
    Nothing,
    /// `true`.
    Yes,
    /// `false`.
    No,
    /// Its whole part.
    Number(usize),
    /// Characters.
    Text(String),
    /// In order.
    List(Vec<Json>),
    /// By name.
    Map(Vec<(String, Json)>),
}

impl Json {
    /// The value of a text; `None` where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { rest: text };
        let value = parser.value(0)?;
        parser.blank();
        parser.rest.is_empty().then_some(value)
    }

    /// A value of a map.
    pub fn field(&self, name: &str) -> &Self {
        let Json::Map(fields) = self else { return &Json::Nothing };
        fields.iter().find(|(own, _)| own == name).map_or(&Json::Nothing, |(_, value)| value)
    }

    /// A value of a list.
    pub fn at(&self, at: usize) -> &Self {
        if let Json::List(items) = self { items.get(at).unwrap_or(&Json::Nothing) } else { &Json::Nothing }
    }
}

thread_local! {
    /// Words of the contract that were read: there are a few dozen, and each is kept once for good.
    static WORDS: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// So many words are kept: more are none of the contract's.
const MOST_WORDS: usize = 500;

/// A word of the contract, as long-lived as those that the program itself writes.
pub fn word(text: &str) -> &'static str {
    WORDS.with_borrow_mut(|words| {
        if let Some(known) = words.iter().find(|known| **known == text).copied() {
            return known;
        }
        if words.len() == MOST_WORDS {
            return "";
        }
        let kept: &'static str = Box::leak(text.into());
        words.push(kept);
        kept
    })
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn blank(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    fn eat(&mut self, word: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.blank();
        match self.rest.chars().next().filter(|_| depth < DEEPEST)? {
            'n' => self.eat("null").map(|()| Json::Nothing),
            't' => self.eat("true").map(|()| Json::Yes),
            'f' => self.eat("false").map(|()| Json::No),
            '"' => self.text().map(Json::Text),
            '[' => {
                let mut items = Vec::new();
                self.items(']', |parser| {
                    items.push(parser.value(depth + 1)?);
                    Some(())
                })?;
                Some(Json::List(items))
            }
            '{' => {
                let mut fields = Vec::new();
                self.items('}', |parser| {
                    let name = parser.text()?;
                    parser.blank();
                    parser.eat(":")?;
                    fields.push((name, parser.value(depth + 1)?));
                    Some(())
                })?;
                Some(Json::Map(fields))
            }
            _ => self.number(),
        }
    }

    /// What stands between brackets, with commas between.
    fn items(&mut self, close: char, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.rest = self.rest.get(1..)?;
        self.blank();
        if let Some(rest) = self.rest.strip_prefix(close) {
            self.rest = rest;
            return Some(());
        }
        loop {
            self.blank();
            item(self)?;
            self.blank();
            if let Some(rest) = self.rest.strip_prefix(close) {
                self.rest = rest;
                return Some(());
            }
            self.eat(",")?;
        }
    }

    fn number(&mut self) -> Option<Json> {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at_checked(end)?;
        let whole = number.split(|c: char| !c.is_ascii_digit()).next().filter(|_| !number.is_empty())?;
        self.rest = rest;
        Some(Json::Number(whole.parse().unwrap_or(0)))
    }

    fn text(&mut self) -> Option<String> {
        self.eat("\"")?;
        let mut out = String::new();
        loop {
            let at = self.rest.find(['"', '\\'])?;
            let (plain, rest) = self.rest.split_at_checked(at)?;
            out.push_str(plain);
            let mut marks = rest.chars();
            if marks.next() == Some('"') {
                self.rest = marks.as_str();
                return Some(out);
            }
            let escaped = marks.next()?;
            self.rest = marks.as_str();
            out.push(match escaped {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\u{8}',
                'f' => '\u{c}',
                'u' => self.unit()?,
                other => other,
            });
        }
    }

    /// A character by its number, or by the two of a pair; half a pair is the replacement character.
    fn unit(&mut self) -> Option<char> {
        let first = self.hex()?;
        if (0xD800..0xDC00).contains(&first)
            && let Some(rest) = self.rest.strip_prefix("\\u")
        {
            let before = self.rest;
            self.rest = rest;
            let second = self.hex()?;
            if (0xDC00..0xE000).contains(&second) {
                return char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
            }
            self.rest = before;
        }
        Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        u32::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        let text =
            r#" { "a" : [ 1 , 20.5, true, false, null ], "b": "x\n\"\u5b57\ud83d\ude00\ud83d\/", "c": {}, "d": [] } "#;
        let json = Json::parse(text).expect("JSON");
        let list = [Json::Number(1), Json::Number(20), Json::Yes, Json::No, Json::Nothing];
        assert_eq!(*json.field("a"), Json::List(list.to_vec()));
        assert_eq!(*json.field("b"), Json::Text("x\n\"字😀\u{fffd}/".into()));
        assert_eq!((json.field("c"), json.field("d")), (&Json::Map(vec![]), &Json::List(vec![])));
        assert_eq!(
            (json.field("e"), json.at(0), json.field("a").at(9)),
            (&Json::Nothing, &Json::Nothing, &Json::Nothing)
        );
    }

    #[test]
    fn what_is_none_is_refused() {
        let deep = "[".repeat(100_000);
        for text in ["", "{", "[1", "[1,]", "{\"a\" 1}", "{1:2}", "\"a", "\"\\u12\"", "tru", "1 2", "x", &deep] {
            assert_eq!(Json::parse(text), None, "{text:.20}");
        }
    }

    #[test]
    fn a_word_is_kept_once() {
        assert!(std::ptr::eq(word("collect"), word("collect")));
    }
}
