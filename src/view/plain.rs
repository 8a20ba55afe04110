//! [`View`] → JSON, in which it is saved and handed to JavaScript; and back, for who has the JSON alone (json.rs).
//!
//! serde's derive makes a serializer of each structure anew, for each way of writing: 25 kB of code in the page's module, and
//! one call into JavaScript for each field. Here a structure only names its fields, and one text of JSON is written, which
//! JavaScript reads at once. Every field of a structure must be named, or the destructuring does not compile.

use super::json::{self, Json};
use super::{
    AbroadView, AffiliateView, AsideView, CheckView, ClauseView, ContactView, ControllerView, CookiesView, CountView,
    Coverage, DataItemView, DatesView, FactsView, GistView, LineView, LinkView, MarkView, Meta, PermissionView,
    PointView, RecipientKindView, RecipientView, ResponseTimeView, RetentionView, RightView, SectionView, Stated,
    TableView, UnreadView, View,
};
use crate::text::part;

impl View {
    /// The view of JSON by the contract, `None` for what is no JSON.
    #[must_use]
    pub fn of_json(json: &str) -> Option<Self> {
        let mut view = Self::read(&Json::parse(json)?);
        view.clauses.iter_mut().for_each(super::render::cut);
        Some(view)
    }

    /// The view as JSON, by the contract.
    #[must_use]
    pub fn json(&self) -> String {
        let mut json = String::new();
        self.write(&mut json);
        json
    }
}

/// A text in quotes, as JSON has it.
#[must_use]
pub fn quoted(words: &str) -> String {
    let mut json = String::new();
    text(words, &mut json);
    json
}

#[cfg(feature = "cli")]
impl serde::Serialize for View {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let value = serde_json::from_str::<serde_json::Value>(&self.json()).map_err(serde::ser::Error::custom)?;
        serde::Serialize::serialize(&value, to)
    }
}

/// What has a value in JSON.
pub(super) trait Plain {
    fn write(&self, json: &mut String);

    /// The value in JSON; what is not there, or of another kind, is nothing.
    fn read(json: &Json) -> Self
    where
        Self: Sized;

    /// Changes each text that was read, in reading order.
    fn each(&mut self, _change: &mut dyn FnMut(&mut String)) {}

    /// There is nothing to say: no value, no item, zero.
    fn is_nothing(&self) -> bool {
        false
    }
}

impl Plain for bool {
    fn write(&self, json: &mut String) {
        json.push_str(if *self { "true" } else { "false" });
    }

    fn read(json: &Json) -> Self {
        matches!(json, Json::Yes)
    }
}

impl Plain for usize {
    fn write(&self, json: &mut String) {
        let (mut digits, mut at, mut rest) = ([b'0'; 20], 20, *self);
        for digit in digits.iter_mut().rev() {
            *digit += (rest % 10) as u8;
            rest /= 10;
            at -= 1;
            if rest == 0 {
                break;
            }
        }
        json.extend(digits.iter().skip(at).map(|digit| char::from(*digit)));
    }

    fn read(json: &Json) -> Self {
        if let Json::Number(number) = json { *number } else { 0 }
    }

    fn is_nothing(&self) -> bool {
        *self == 0
    }
}

impl Plain for u32 {
    fn write(&self, json: &mut String) {
        (*self as usize).write(json);
    }

    fn read(json: &Json) -> Self {
        usize::read(json) as u32
    }

    fn is_nothing(&self) -> bool {
        *self == 0
    }
}

impl Plain for &'static str {
    fn write(&self, json: &mut String) {
        text(self, json);
    }

    fn read(json: &Json) -> Self {
        if let Json::Text(text) = json { json::word(text) } else { "" }
    }
}

impl Plain for String {
    fn write(&self, json: &mut String) {
        text(self, json);
    }

    fn read(json: &Json) -> Self {
        if let Json::Text(text) = json { text.clone() } else { String::new() }
    }

    fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
        change(self);
    }
}

/// Writes a text in quotes. What must not stand there (RFC 8259, 7): quotes, backslashes, control characters.
fn text(text: &str, json: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    json.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| b < b' ' || b == b'"' || b == b'\\') {
        json.push_str(part(rest, 0, at));
        let b = rest.as_bytes().get(at).copied().unwrap_or(0);
        json.push('\\');
        match b {
            b'"' | b'\\' => json.push(char::from(b)),
            b'\n' => json.push('n'),
            b'\r' => json.push('r'),
            b'\t' => json.push('t'),
            0x08 => json.push('b'),
            0x0c => json.push('f'),
            _ => {
                json.push_str("u00");
                for half in [b >> 4, b & 15] {
                    json.push(char::from(HEX.get(usize::from(half)).copied().unwrap_or(b'0')));
                }
            }
        }
        rest = part(rest, at + 1, rest.len());
    }
    json.push_str(rest);
    json.push('"');
}

impl Plain for [usize; 2] {
    fn write(&self, json: &mut String) {
        list(self, json);
    }

    fn read(json: &Json) -> Self {
        [0, 1].map(|at| usize::read(json.at(at)))
    }
}

impl<T: Plain> Plain for Option<T> {
    fn write(&self, json: &mut String) {
        match self {
            Some(value) => value.write(json),
            None => json.push_str("null"),
        }
    }

    fn read(json: &Json) -> Self {
        (!matches!(json, Json::Nothing)).then(|| T::read(json))
    }

    fn is_nothing(&self) -> bool {
        self.as_ref().is_none_or(Plain::is_nothing)
    }

    fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
        if let Some(value) = self {
            value.each(change);
        }
    }
}

impl<T: Plain> Plain for Vec<T> {
    fn write(&self, json: &mut String) {
        list(self, json);
    }

    fn read(json: &Json) -> Self {
        if let Json::List(items) = json { items.iter().map(T::read).collect() } else { Vec::new() }
    }

    fn is_nothing(&self) -> bool {
        self.is_empty()
    }

    fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
        for value in self {
            value.each(change);
        }
    }
}

fn list<T: Plain>(items: &[T], json: &mut String) {
    json.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        item.write(json);
    }
    json.push(']');
}

/// Writes a field and the comma before it. Names are plain letters.
fn field(name: &str, value: &dyn Plain, json: &mut String) {
    if !json.ends_with('{') {
        json.push(',');
    }
    json.push('"');
    json.push_str(name);
    json.push_str("\":");
    value.write(json);
}

/// The fields of a structure in the order of the contract: `name`, `name or nothing` where an empty one is left out, and
/// after a semicolon those that never leave the program.
macro_rules! plain {
    ($($view:ty { $($field:ident $(or $nothing:ident)?),* $(; $own:ident)? })*) => { $(
        impl Plain for $view {
            fn write(&self, json: &mut String) {
                let Self { $($field,)* $($own: _)? } = self;
                json.push('{');
                $(plain!(json, $field $($nothing)?);)*
                json.push('}');
            }

            fn read(json: &Json) -> Self {
                Self { $($field: Plain::read(json.field(stringify!($field))),)* $($own: Default::default())? }
            }

            fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
                let Self { $($field,)* $($own: _)? } = self;
                $($field.each(change);)*
            }
        }
    )* };
    ($json:ident, $field:ident) => { field(stringify!($field), $field, $json) };
    ($json:ident, $field:ident nothing) => {
        if !$field.is_nothing() {
            field(stringify!($field), $field, $json);
        }
    };
}

plain! {
    View {
        schema, meta, sections, clauses, tables, facts, summary, attention, good, checklist, aside, notes, coverage
    }
    Meta { title, language, shape, characters, reading_minutes, unread or nothing }
    UnreadView { code, text }
    SectionView {
        id, parent, level, number, title, implicit, bold, kind, anchor, mark, sensitive, bolds, gist
    }
    GistView { text, evidence }
    ClauseView {
        id, section, text, bold, topics, important, marks, links or nothing, row or nothing, block, kind, source,
        shown or nothing; runs
    }
    MarkView { kind, start, end, category or nothing, standards or nothing, context or nothing, rule or nothing }
    LinkView { start, end, href }
    TableView { id, section, caption, columns, rows }
    Stated<String> { value, evidence }
    Stated<u32> { value, evidence }
    FactsView {
        product, controller, dates, contacts, dpo, response_time, minor_age, child_age, storage_location, cross_border,
        retention, third_parties, affiliates, recipient_kinds, data_items, permissions, rights, consent_exceptions,
        share_consent_exceptions, cookies, changes_notice, security, dispute
    }
    DatesView { published, updated, effective }
    ControllerView { value, also, evidence }
    AbroadView { value, for_now, evidence }
    ContactView { kind, value, evidence }
    ResponseTimeView { days, unit, evidence }
    RetentionView { value, period, at_least, closing, statutory, evidence }
    RecipientView { name, company, role, purpose, data, url, platform, evidence }
    AffiliateView { name, evidence }
    RecipientKindView { value, text, evidence }
    DataItemView { item, category, platform, purpose, required, sensitive, evidence }
    PermissionView { os, name, required, purpose, evidence }
    RightView { right, how, way, evidence }
    CountView { count, evidence }
    CookiesView { used, can_refuse, evidence }
    LineView { slot, text, evidence, absent, tier }
    PointView { rule, text, evidence }
    CheckView { item, law, verdict, evidence }
    AsideView { contents, noise }
    Coverage { source, placed, shown, aside }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(value: &dyn Plain) -> String {
        let mut json = String::new();
        value.write(&mut json);
        json
    }

    #[test]
    fn values_are_json() {
        let hard = "\"\\/\n\r\t\u{8}\u{c}\u{0}\u{1f}\u{7f}\u{2028}<\u{e9}\u{1f600}".to_string();
        assert_eq!(json(&hard), "\"\\\"\\\\/\\n\\r\\t\\b\\f\\u0000\\u001f\u{7f}\u{2028}<\u{e9}\u{1f600}\"");
        assert_eq!(json(&vec![0usize, 7, 10, 4_294_967_295]), "[0,7,10,4294967295]");
        assert_eq!(
            (json(&None::<u32>), json(&Some(false)), json(&[1usize, 2])),
            ("null".into(), "false".into(), "[1,2]".into())
        );
        let link = LinkView { start: 1, end: 2, href: "a".into() };
        assert_eq!(
            json(&vec![link.clone(), link]),
            r#"[{"start":1,"end":2,"href":"a"},{"start":1,"end":2,"href":"a"}]"#
        );
        let mark = MarkView { kind: "attention", rule: Some("r"), ..MarkView::default() };
        assert_eq!(json(&mark), r#"{"kind":"attention","start":0,"end":0,"rule":"r"}"#);
    }
}
