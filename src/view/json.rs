//! [`View`] → JSON text: the one place where the analysis is serialised.
//!
//! Written by hand, not by serde: a derived serialiser is compiled anew for each struct, list and option, which came to
//! a tenth of the module's code. Here a field is one call. A browser gets the same text and parses it in one step.

use super::{
    AffiliateView, AsideView, CheckView, ClauseView, ContactView, CookiesView, CountView, Coverage, DataItemView,
    DatesView, FactsView, GistView, LineView, LinkView, MarkView, Meta, PermissionView, PointView, RecipientKindView,
    RecipientView, ResponseTimeView, RetentionView, RightView, SectionView, Stated, TableView, View,
};

impl View {
    /// The JSON that README ("The JSON") promises: compact, on one line, without an end of line.
    #[must_use]
    pub fn json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

/// What can stand in the JSON.
trait Json {
    /// Appends the value.
    fn write(&self, out: &mut String);
}

/// Writes structs as objects: all fields in the order of the list, but those that are left out `unless` they say
/// something. A field that is in no list does not compile.
macro_rules! objects {
    ($($type:ident $(<$value:ident>)? { $($field:ident $(unless $empty:path)?),* } $(but $hidden:ident)?;)*) => {$(
        impl $(<$value: Json>)? Json for $type $(<$value>)? {
            fn write(&self, out: &mut String) {
                let Self { $($field,)* $($hidden: _)? } = self;
                out.push('{');
                $($(if !$empty($field))? {
                    field(out, stringify!($field), $field);
                })*
                out.push('}');
            }
        }
    )*};
}

objects! {
    View {
        schema, meta, sections, clauses, tables, facts, summary, attention, good, checklist, aside, notes, coverage
    };
    Meta { title, language, shape, characters, reading_minutes };
    SectionView {
        id, parent, level, number, title, implicit, bold, kind, anchor, mark, sensitive, bolds, gist
    };
    GistView { text, evidence };
    ClauseView {
        id, section, text, bold, topics, important, marks, links unless Vec::is_empty, row unless Option::is_none, block,
        kind, source, shown unless is_zero
    } but runs;
    MarkView {
        kind, start, end, category unless Option::is_none, standards unless Vec::is_empty, context unless Option::is_none,
        rule unless Option::is_none
    };
    LinkView { start, end, href };
    TableView { id, section, caption, columns, rows };
    FactsView {
        product, controller, dates, contacts, dpo, response_time, minor_age, child_age, storage_location, cross_border,
        retention, third_parties, affiliates, recipient_kinds, data_items, permissions, rights, consent_exceptions,
        share_consent_exceptions, cookies, changes_notice, security, dispute
    };
    Stated<T> { value, evidence };
    DatesView { published, updated, effective };
    ContactView { kind, value, evidence };
    ResponseTimeView { days, unit, evidence };
    RetentionView { value, period, evidence };
    RecipientView { name, company, purpose, data, url, platform, evidence };
    AffiliateView { name, evidence };
    RecipientKindView { value, text, evidence };
    DataItemView { item, category, platform, purpose, required, sensitive, evidence };
    PermissionView { os, name, required, purpose, evidence };
    RightView { right, how, evidence };
    CountView { count, evidence };
    CookiesView { used, can_refuse, evidence };
    LineView { slot, text, evidence, absent };
    PointView { rule, text, evidence };
    CheckView { item, law, verdict, evidence };
    AsideView { contents, noise };
    Coverage { source, placed };
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the macro passes references")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// `dyn`, so that this code exists once.
fn field(out: &mut String, name: &str, value: &dyn Json) {
    separate(out);
    text(out, name);
    out.push(':');
    value.write(out);
}

fn element(out: &mut String, value: &dyn Json) {
    separate(out);
    value.write(out);
}

/// Before all but the first of a list or an object: every value ends in another character than its opening brackets.
fn separate(out: &mut String) {
    if !matches!(out.as_bytes().last(), Some(b'[' | b'{')) {
        out.push(',');
    }
}

/// RFC 8259, section 7: quotes, backslashes and control characters are escaped, the short way where there is one.
fn text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        let escaped = match c {
            '\u{8}' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\u{c}' => 'f',
            '\r' => 'r',
            '"' | '\\' => c,
            '\0'..='\u{1f}' => {
                out.push_str(if c < '\u{10}' { "\\u000" } else { "\\u001" });
                out.extend(char::from_digit(c as u32 % 16, 16));
                continue;
            }
            _ => {
                out.push(c);
                continue;
            }
        };
        out.push('\\');
        out.push(escaped);
    }
    out.push('"');
}

impl Json for String {
    fn write(&self, out: &mut String) {
        text(out, self);
    }
}

impl Json for &str {
    fn write(&self, out: &mut String) {
        text(out, self);
    }
}

impl Json for bool {
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Json for usize {
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Json for u32 {
    fn write(&self, out: &mut String) {
        (*self as usize).write(out);
    }
}

impl<T: Json> Json for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Json> Json for Vec<T> {
    fn write(&self, out: &mut String) {
        out.push('[');
        for value in self {
            element(out, value);
        }
        out.push(']');
    }
}

impl Json for [usize; 2] {
    fn write(&self, out: &mut String) {
        let [start, end] = self;
        out.push('[');
        element(out, start);
        element(out, end);
        out.push(']');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Run;

    fn json(value: &dyn Json) -> String {
        let mut out = String::new();
        value.write(&mut out);
        out
    }

    #[test]
    fn every_character_is_written_as_json_asks() {
        assert_eq!(json(&"\0\u{1}\u{8}\t\n\u{b}\u{c}\r\u{1f} "), r#""\u0000\u0001\b\t\n\u000b\f\r\u001f ""#);
        assert_eq!(json(&r#"a"b\c/d<'"#), r#""a\"b\\c/d<'""#);
        assert_eq!(json(&"\u{7f}\u{2028}隐私\u{1f512}\u{fffd}"), "\"\u{7f}\u{2028}隐私\u{1f512}\u{fffd}\"");
    }

    #[test]
    fn lists_and_absent_values() {
        assert_eq!(json(&Vec::<String>::new()), "[]");
        assert_eq!(json(&vec![vec!["[", "{"], vec![], vec![","]]), r#"[["[","{"],[],[","]]"#);
        assert_eq!(json(&vec![Some([0, 2]), None]), "[[0,2],null]");
        assert_eq!(json(&vec![Some(true), Some(false), None]), "[true,false,null]");
        assert_eq!(json(&u32::MAX), "4294967295");
    }

    #[test]
    fn a_field_is_left_out_only_where_the_contract_says_so() {
        let empty = r#"{"id":"","section":"","text":"","bold":[],"topics":[],"important":false,"marks":[],"block":0,"kind":"","source":[0,0]}"#;
        assert_eq!(json(&ClauseView::default()), empty);
        let clause = ClauseView {
            bold: vec![[0, 1], [2, 3]],
            marks: vec![MarkView { kind: "sensitive", end: 4, standards: vec!["a", "b"], ..MarkView::default() }],
            links: vec![LinkView { start: 1, end: 2, href: "#\"".into() }],
            row: Some([0, 7]),
            shown: 3,
            runs: vec![Run::default()],
            ..ClauseView::default()
        };
        assert_eq!(
            json(&clause),
            concat!(
                r#"{"id":"","section":"","text":"","bold":[[0,1],[2,3]],"topics":[],"important":false,"#,
                r##""marks":[{"kind":"sensitive","start":0,"end":4,"standards":["a","b"]}],"links":[{"start":1,"end":2,"href":"#\""}],"##,
                r#""row":[0,7],"block":0,"kind":"","source":[0,0],"shown":3}"#
            )
        );
        assert_eq!(
            json(&MarkView { rule: Some("r"), category: Some("c"), context: Some("u"), ..MarkView::default() }),
            r#"{"kind":"","start":0,"end":0,"category":"c","context":"u","rule":"r"}"#
        );
        assert_eq!(json(&DatesView::default()), r#"{"published":null,"updated":null,"effective":null}"#);
    }

    /// Against the printer that is known to be right.
    #[cfg(feature = "cli")]
    #[test]
    fn texts_are_written_as_serde_json_writes_them() {
        let all: String = (0..0x1_1000).filter_map(char::from_u32).collect();
        assert_eq!(json(&all), serde_json::to_string(&all).unwrap());
        let view = View { notes: vec![all], ..View::default() };
        let parsed: serde_json::Value = serde_json::from_str(&view.json()).unwrap();
        assert_eq!(parsed["notes"][0].as_str(), view.notes.first().map(String::as_str));
    }
}
