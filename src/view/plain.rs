//! [`View`] → a tree of plain [`Value`]s, which serde writes as JSON or as JavaScript's objects.
//!
//! serde's derive makes a serializer of each structure anew, for each way of writing: 25 kB of code in the page's module.
//! Here a structure only names its fields, and one `Serialize` writes them all. Every field of a structure must be
//! named, or the destructuring does not compile.

use serde::{Serialize, Serializer};

use super::{
    AbroadView, AffiliateView, AsideView, CheckView, ClauseView, ContactView, ControllerView, CookiesView, CountView,
    Coverage, DataItemView, DatesView, FactsView, GistView, LineView, LinkView, MarkView, Meta, PermissionView,
    PointView, RecipientKindView, RecipientView, ResponseTimeView, RetentionView, RightView, SectionView, Stated,
    TableView, UnreadView, View,
};

/// What JSON knows.
pub(super) enum Value<'a> {
    Null,
    Bool(bool),
    Number(u32),
    Text(&'a str),
    List(Vec<Value<'a>>),
    Object(Object<'a>),
}

#[derive(Default)]
pub(super) struct Object<'a>(Vec<(&'static str, Value<'a>)>);

impl<'a> Object<'a> {
    #[inline(never)]
    fn add(&mut self, name: &'static str, value: &'a dyn Plain) {
        self.0.push((name, value.plain()));
    }

    /// Adds nothing where there is nothing to say: no value, no item, zero.
    #[inline(never)]
    fn add_some(&mut self, name: &'static str, value: &'a dyn Plain) {
        let value = value.plain();
        let said = match &value {
            Value::Null | Value::Number(0) => false,
            Value::List(items) => !items.is_empty(),
            _ => true,
        };
        if said {
            self.0.push((name, value));
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => to.serialize_none(),
            Value::Bool(value) => to.serialize_bool(*value),
            Value::Number(value) => to.serialize_u32(*value),
            Value::Text(value) => to.serialize_str(value),
            Value::List(items) => to.collect_seq(items),
            Value::Object(fields) => to.collect_map(fields.0.iter().map(|(name, value)| (name, value))),
        }
    }
}

impl Serialize for View {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.plain().serialize(to)
    }
}

/// What has a plain value, and texts in it.
pub(super) trait Plain {
    fn plain(&self) -> Value<'_>;

    /// Changes each text that was read, in reading order.
    fn each(&mut self, _change: &mut dyn FnMut(&mut String)) {}
}

impl Plain for bool {
    fn plain(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}

impl Plain for u32 {
    fn plain(&self) -> Value<'_> {
        Value::Number(*self)
    }
}

impl Plain for usize {
    fn plain(&self) -> Value<'_> {
        Value::Number(*self as u32)
    }
}

impl Plain for &'static str {
    fn plain(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Plain for String {
    fn plain(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
        change(self);
    }
}

impl Plain for [usize; 2] {
    fn plain(&self) -> Value<'_> {
        Value::List(self.iter().map(Plain::plain).collect())
    }
}

impl<T: Plain> Plain for Option<T> {
    fn plain(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Plain::plain)
    }

    fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.iter_mut().for_each(|value| value.each(change));
    }
}

impl<T: Plain> Plain for Vec<T> {
    fn plain(&self) -> Value<'_> {
        Value::List(self.iter().map(Plain::plain).collect())
    }

    fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.iter_mut().for_each(|value| value.each(change));
    }
}

/// The fields of a structure in the order of the contract: `name`, `name or nothing` where an empty one is left out, and
/// after a semicolon those that never leave the program.
macro_rules! plain {
    ($($view:ty { $($field:ident $(or $nothing:ident)?),* $(; $own:ident)? })*) => { $(
        impl Plain for $view {
            fn plain(&self) -> Value<'_> {
                let Self { $($field,)* $($own: _)? } = self;
                let mut object = Object::default();
                $(plain!(object, $field $($nothing)?);)*
                Value::Object(object)
            }

            fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
                let Self { $($field,)* $($own: _)? } = self;
                $($field.each(change);)*
            }
        }
    )* };
    ($object:ident, $field:ident) => { $object.add(stringify!($field), $field) };
    ($object:ident, $field:ident nothing) => { $object.add_some(stringify!($field), $field) };
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
    RetentionView { value, period, evidence }
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
