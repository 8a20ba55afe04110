//! The View: what a program or a page gets, plain data with every field of the JSON contract explained.
//!
//! `render` makes it from an [`Analysis`](crate::Analysis), plain.rs writes it as JSON. Field names and meanings are schema 1 of the
//! JSON contract (README, "The JSON"); every offset counts UTF-16 code units into the clause's `text`, as JavaScript
//! strings do.

mod gist;
mod json;
mod plain;
mod render;

pub use plain::quoted;
pub use render::render;

/// What a program or a page gets: the whole analysis as plain data.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Version of this contract: 1.
    pub schema: u32,
    /// The policy as a whole.
    pub meta: Meta,
    /// The outline in reading order.
    pub sections: Vec<SectionView>,
    /// The clauses in reading order.
    pub clauses: Vec<ClauseView>,
    /// Tables, printed as such or rebuilt.
    pub tables: Vec<TableView>,
    /// What the policy states, each with its evidence.
    pub facts: FactsView,
    /// The card: short plain lines.
    pub summary: Vec<LineView>,
    /// Points worth attention, in neutral words.
    pub attention: Vec<PointView>,
    /// Points that speak for the policy, in the same form.
    pub good: Vec<PointView>,
    /// What the law asks a policy to state.
    pub checklist: Vec<CheckView>,
    /// What is printed but is no part of the policy's text.
    pub aside: AsideView,
    /// What the program was unsure of.
    pub notes: Vec<String>,
    /// Characters that are no white space, in the source without markup, and those placed somewhere in this view.
    pub coverage: Coverage,
}

/// The policy as a whole.
#[derive(Clone, Debug, Default)]
pub struct Meta {
    /// The policy's own title, or `""`.
    pub title: String,
    /// BCP 47: `zh-Hans`, `zh-Hant` or `en`.
    pub language: &'static str,
    /// `markdown`, `html`, `plain`, `fragmented` or `one-line`.
    pub shape: &'static str,
    /// Characters without white space.
    pub characters: usize,
    /// Whole minutes that a careful reader needs, at least 1.
    pub reading_minutes: usize,
    /// Why nothing, or only what is sure, is said of the source; left out of the JSON where it was read.
    pub unread: Option<UnreadView>,
}

impl Meta {
    /// Why the source is no policy, if it is none; one in a language without rules, and an agreement, may be one.
    #[must_use]
    pub fn no_policy(&self) -> Option<&UnreadView> {
        self.unread.as_ref().filter(|why| !matches!(why.code, "agreement" | "language"))
    }
}

/// Why a source was not read as a policy.
#[derive(Clone, Debug, Default)]
pub struct UnreadView {
    /// No policy, hence no card: `empty`, `binary`, `not-found`, `login`, `script-shell`, `too-short` or `no-policy`.
    /// `language`: perhaps a policy, in a language without rules: outline, search and what is sure remain.
    /// `agreement`: read as any text, but an agreement on who owes what.
    pub code: &'static str,
    /// A plain sentence in the language of the labels; it stands in `notes`, too.
    pub text: String,
}

/// A heading and where it stands.
#[derive(Clone, Debug, Default)]
pub struct SectionView {
    /// `s0`, `s1`, … in reading order.
    pub id: String,
    /// The enclosing section.
    pub parent: Option<String>,
    /// 1 for the outermost.
    pub level: u32,
    /// The mark as printed, without its separator: `（一）`, `3`, `第二条` or `""`.
    pub number: String,
    /// Without number, decoration and markup.
    pub title: String,
    /// True for the text before the first heading.
    pub implicit: bool,
    /// The author set it in bold.
    pub bold: bool,
    /// Always `section`; the policy's own title and printed contents are no sections.
    pub kind: &'static str,
    /// Made from numbers and titles, so that it stays when the policy is edited elsewhere; unique, fit for an `id`.
    pub anchor: String,
    /// The number with its printed separator, as a reader sees it before the title: `一、`, `（一）`, `1.`.
    pub mark: String,
    /// Clauses of this section and the sections in it that carry a sensitive mark.
    pub sensitive: usize,
    /// The same for the author's bold.
    pub bolds: usize,
    /// Up to three key points in shortened words, each with its clause.
    pub gist: Vec<GistView>,
}

/// A key point of a section.
#[derive(Clone, Debug, Default)]
pub struct GistView {
    /// The shortened words.
    pub text: String,
    /// The id of the clause it was read from.
    pub evidence: Vec<String>,
}

/// A sentence, an item of an enumeration, or a table row.
#[derive(Clone, Debug, Default)]
pub struct ClauseView {
    /// `c0`, `c1`, … in reading order.
    pub id: String,
    /// The section it stands in.
    pub section: String,
    /// As printed, with its enumeration mark; a table row's cells joined by ` | `.
    pub text: String,
    /// The author's bold, `[start, end)`.
    pub bold: Vec<[usize; 2]>,
    /// What it is about: CAPP-130's eleven topics.
    pub topics: Vec<&'static str>,
    /// Whether a summary should keep it.
    pub important: bool,
    /// Sensitive information and points worth attention.
    pub marks: Vec<MarkView>,
    /// Links with a safe target (http, https, mailto, tel); left out of the JSON if there are none.
    pub links: Vec<LinkView>,
    /// `[table, row]`, for a table row only; otherwise left out.
    pub row: Option<[usize; 2]>,
    /// Clauses with the same number stand in one paragraph.
    pub block: usize,
    /// `sentence`, `item` or `row`.
    pub kind: &'static str,
    /// Byte offsets `[start, end)` into the source from which it was read.
    pub source: [usize; 2],
    /// UTF-16 units at the start of `text` that the section's run-in heading shows already; 0 is left out.
    pub shown: usize,
    /// `text` cut wherever bold, a mark or a link starts or ends; for rendering, never in the JSON.
    pub runs: Vec<Run>,
}

/// A highlighted stretch of a clause. What does not apply to its kind is left out of the JSON.
#[derive(Clone, Debug, Default)]
pub struct MarkView {
    /// `sensitive` or `attention`.
    pub kind: &'static str,
    /// UTF-16 offset.
    pub start: usize,
    /// UTF-16 offset.
    pub end: usize,
    /// For `sensitive`: which of the eleven categories.
    pub category: Option<&'static str>,
    /// For `sensitive`: the regimes under which it is.
    pub standards: Vec<&'static str>,
    /// For `sensitive`: collect, share, use, deny, define, protect or right.
    pub context: Option<&'static str>,
    /// For `attention`: the rule.
    pub rule: Option<&'static str>,
}

/// A link that the policy printed.
#[derive(Clone, Debug, Default)]
pub struct LinkView {
    /// UTF-16 offset.
    pub start: usize,
    /// UTF-16 offset.
    pub end: usize,
    /// Absolute or relative address; never `javascript:` or `data:`.
    pub href: String,
}

/// A stretch of text to which one set of marks applies.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// The author's bold.
    pub bold: bool,
    /// Index into the clause's `links`.
    pub link: Option<usize>,
    /// Indices into the clause's `marks`.
    pub marks: Vec<usize>,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct TableView {
    /// `t0`, `t1`, …
    pub id: String,
    /// The section it stands in.
    pub section: String,
    /// The line above it, or `""`.
    pub caption: String,
    /// The header cells.
    pub columns: Vec<String>,
    /// The body cells; an empty one means "as above" where the column is a group.
    pub rows: Vec<Vec<String>>,
}

/// A value with the clauses it was read from.
#[derive(Clone, Debug, Default)]
pub struct Stated<T> {
    /// What the policy says.
    pub value: T,
    /// Clause ids; empty only where the value is `unstated`.
    pub evidence: Vec<String>,
}

/// What the policy states. `null` or `[]`: it does not.
#[derive(Clone, Debug, Default)]
pub struct FactsView {
    /// What the policy is about.
    pub product: Option<Stated<String>>,
    /// Full legal name of who decides on the processing.
    pub controller: Option<ControllerView>,
    /// ISO 8601 days.
    pub dates: DatesView,
    /// Ways to reach the controller.
    pub contacts: Vec<ContactView>,
    /// The person or office in charge of personal information.
    pub dpo: Option<Stated<String>>,
    /// How soon a request is answered.
    pub response_time: Option<ResponseTimeView>,
    /// Below this age a person counts as a minor here.
    pub minor_age: Option<Stated<u32>>,
    /// Below this age a person counts as a child here.
    pub child_age: Option<Stated<u32>>,
    /// Where information is stored.
    pub storage_location: Option<Stated<String>>,
    /// Whether information leaves the country: `none`, `with-consent`, `exceptions`, `yes` or, without evidence, `unstated`.
    pub cross_border: AbroadView,
    /// How long.
    pub retention: Vec<RetentionView>,
    /// Named recipients.
    pub third_parties: Vec<RecipientView>,
    /// Named affiliates.
    pub affiliates: Vec<AffiliateView>,
    /// Kinds of recipients.
    pub recipient_kinds: Vec<RecipientKindView>,
    /// What is collected, item by item.
    pub data_items: Vec<DataItemView>,
    /// System permissions.
    pub permissions: Vec<PermissionView>,
    /// What a reader may ask for.
    pub rights: Vec<RightView>,
    /// Cases in which no consent is asked.
    pub consent_exceptions: Option<CountView>,
    /// The same for sharing.
    pub share_consent_exceptions: Option<CountView>,
    /// Cookies and the like.
    pub cookies: Option<CookiesView>,
    /// How a change is made known.
    pub changes_notice: Option<Stated<String>>,
    /// Measures of protection.
    pub security: Vec<Stated<String>>,
    /// Where a dispute goes.
    pub dispute: Option<Stated<String>>,
}

/// Whether information leaves the country.
#[derive(Clone, Debug, Default)]
pub struct AbroadView {
    /// `none`, `with-consent`, `exceptions`, `yes` or `unstated`.
    pub value: &'static str,
    /// What is promised is said of now alone.
    pub for_now: bool,
    /// Clause ids.
    pub evidence: Vec<String>,
}

/// Who decides on the processing.
#[derive(Clone, Debug, Default)]
pub struct ControllerView {
    /// Full legal name.
    pub value: String,
    /// Others that are responsible together with it.
    pub also: Vec<Stated<String>>,
    /// Clause ids.
    pub evidence: Vec<String>,
}

/// ISO 8601 days, or months where no day is told.
#[derive(Clone, Debug, Default)]
pub struct DatesView {
    /// First published.
    pub published: Option<Stated<String>>,
    /// Last changed.
    pub updated: Option<Stated<String>>,
    /// In force since.
    pub effective: Option<Stated<String>>,
}

/// A way to reach the controller.
#[derive(Clone, Debug, Default)]
pub struct ContactView {
    /// `email`, `phone`, `fax`, `address`, `postcode`, `web` or `online-service`.
    pub kind: &'static str,
    /// As printed.
    pub value: String,
    /// Clause ids.
    pub evidence: Vec<String>,
}

/// How soon a request is answered.
#[derive(Clone, Debug, Default)]
pub struct ResponseTimeView {
    /// Number of days.
    pub days: u32,
    /// `working` or `calendar`.
    pub unit: &'static str,
    /// Clause ids.
    pub evidence: Vec<String>,
}

/// How long information is kept.
#[derive(Clone, Debug, Default)]
pub struct RetentionView {
    /// The sentence's own words.
    pub value: String,
    /// ISO 8601 duration where one is stated.
    pub period: Option<String>,
    /// It is the shortest.
    pub at_least: bool,
    /// It counts from when the account is closed; without a period: information is kept until then.
    pub closing: bool,
    /// What the law demands at the least, told as an exception: no period of their own.
    pub statutory: bool,
    /// Clause ids.
    pub evidence: Vec<String>,
}

/// A named recipient.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct RecipientView {
    pub name: String,
    pub company: Option<String>,
    pub purpose: Option<String>,
    pub data: Option<String>,
    pub url: Option<String>,
    pub role: &'static str,
    pub platform: Option<String>,
    pub evidence: Vec<String>,
}

/// A named affiliate.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct AffiliateView {
    pub name: String,
    pub evidence: Vec<String>,
}

/// A kind of recipient.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct RecipientKindView {
    pub value: &'static str,
    pub text: String,
    pub evidence: Vec<String>,
}

/// An item of collected information.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct DataItemView {
    pub item: String,
    pub category: &'static str,
    pub platform: Option<String>,
    pub purpose: Option<String>,
    pub required: Option<bool>,
    pub sensitive: Vec<&'static str>,
    pub evidence: Vec<String>,
}

/// A system permission.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct PermissionView {
    pub os: Option<String>,
    pub name: String,
    pub required: Option<bool>,
    pub purpose: Option<String>,
    pub evidence: Vec<String>,
}

/// What a reader may ask for.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct RightView {
    pub right: &'static str,
    pub how: Option<String>,
    pub way: Option<String>,
    pub evidence: Vec<String>,
}

/// A number of listed cases.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct CountView {
    pub count: usize,
    pub evidence: Vec<String>,
}

/// Cookies and the like.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct CookiesView {
    pub used: bool,
    pub can_refuse: Option<bool>,
    pub evidence: Vec<String>,
}

/// A line of the card.
#[derive(Clone, Debug, Default)]
pub struct LineView {
    /// What the line answers: who, collect, sensitive, permissions, share, store, abroad, rights, children, contact …
    pub slot: &'static str,
    /// At most 80 characters, in plain words.
    pub text: String,
    /// Clause ids; empty only where `absent`.
    pub evidence: Vec<String>,
    /// The policy does not mention it.
    pub absent: bool,
    /// 1: seen at a glance; 2: with all points.
    pub tier: u32,
}

/// A point worth attention.
#[derive(Clone, Debug, Default)]
pub struct PointView {
    /// The rule that fired.
    pub rule: &'static str,
    /// Neutral words.
    pub text: String,
    /// Clause ids; never empty.
    pub evidence: Vec<String>,
}

/// One thing the law asks a policy to state.
#[derive(Clone, Debug, Default)]
pub struct CheckView {
    /// What is asked.
    pub item: &'static str,
    /// Article.
    pub law: &'static str,
    /// `stated`, `not-mentioned` or `check`.
    pub verdict: &'static str,
    /// Clause ids.
    pub evidence: Vec<String>,
}

/// What is printed but is no part of the policy's text.
#[derive(Clone, Debug, Default)]
pub struct AsideView {
    /// The printed contents, a line each.
    pub contents: Vec<String>,
    /// Page chrome.
    pub noise: Vec<String>,
}

/// How much of the source the view holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Coverage {
    /// Characters of the source without markup and white space.
    pub source: usize,
    /// Those that stand somewhere in the view.
    pub placed: usize,
    /// Of these, those of the policy's own text: title, headings, clauses, tables.
    pub shown: usize,
    /// Of these, those of printed contents and page chrome.
    pub aside: usize,
}
