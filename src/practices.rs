//! Clauses → [`Practice`]s: who does what with which information, to whom, what for, on what condition.
//!
//! ```text
//! clause ─words─▶ words, segments, brackets ─scope─▶ conditions, purposes ─verbs─▶ predicates
//!        ─frames─▶ objects, recipients ─lists─▶ members ─subjects─▶ actor; what is not printed is inherited
//!        ─rows─▶ a table row: its column heads say which slot a cell fills
//! ```
//! The noun is the field's: *data practice* (Wilson et al., OPP-115, ACL 2016), ⟨actor, action, data, entity⟩ (Andow et
//! al., `PolicyLint`, USENIX Security 2019). The language's words are in `data/zh/practices.txt`; here is its grammar only.
//! Later stages ask [`Practices::of`] a clause; a word alone nominates, a practice with the right actor and mode speaks.

mod frames;
mod items;
mod lists;
mod mays;
mod modes;
mod names;
mod nouns;
mod own;
mod roles;
pub(crate) mod rows;
mod scope;
mod sentences;
#[cfg(feature = "cli")]
pub mod spans;
mod subjects;
mod verbs;
mod words;

use crate::blocks::Document;
use crate::clauses::{Clause, Kind as ClauseKind};
use crate::lexicon::{Reading, group, keys};
use crate::outline::Outline;
use crate::steps::beat;
use crate::text::{Span, count, has, is_colon, is_terminal, last};
use crate::tokens::Tokens;
pub use mays::May;
use own::Own;
use sentences::Sentence;

/// The longest name of a product as a subject, in bytes.
const LONGEST_NAME: usize = 36;

/// Characters of a member of a list behind a semicolon.
const MEMBER: usize = 14;

/// A stretch of the clause, in bytes.
type Stretch = (usize, usize);

/// Who acts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Actor {
    /// Who speaks: the first person, the product, nobody else.
    We,
    /// The reader.
    You,
    /// Somebody else: a recipient, a kit in the product.
    Third,
    /// The law or an authority.
    Law,
}

/// What is done with information.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// It comes to the actor; where the reader acts, the reader hands it to us.
    Collect,
    /// It is put to a use.
    Use,
    /// Others get it.
    Share,
    /// Others process it for us.
    Entrust,
    /// Others get it for good.
    Transfer,
    /// Everybody may see it.
    Publish,
    /// It is kept.
    Store,
    /// It leaves the country.
    SendAbroad,
    /// It is deleted or made anonymous.
    Delete,
    /// It is guarded.
    Protect,
    /// A permission of the device is asked for.
    AskPermission,
    /// The reader may do something about it.
    May,
    /// A request is answered.
    Reply,
    /// Somebody is told.
    Notify,
}

/// How it is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Asserted.
    Does,
    /// Denied.
    DoesNot,
    /// Only with consent, by law or by choice.
    OnlyIf,
    /// One day.
    Might,
    /// Part of a definition.
    Defined,
    /// What a law says, or what others do who have to do neither with us nor with the reader.
    Quoted,
}

impl Actor {
    /// The contract's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::We => "we",
            Self::You => "you",
            Self::Third => "third-party",
            Self::Law => "law",
        }
    }
}

impl Action {
    /// The contract's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Use => "use",
            Self::Share => "share",
            Self::Entrust => "entrust",
            Self::Transfer => "transfer",
            Self::Publish => "publish",
            Self::Store => "store",
            Self::SendAbroad => "send-abroad",
            Self::Delete => "delete",
            Self::Protect => "protect",
            Self::AskPermission => "ask-permission",
            Self::May => "may",
            Self::Reply => "reply",
            Self::Notify => "notify",
        }
    }
}

impl Mode {
    /// The contract's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Does => "does",
            Self::DoesNot => "does-not",
            Self::OnlyIf => "only-if",
            Self::Might => "might",
            Self::Defined => "defined",
            Self::Quoted => "quoted",
        }
    }
}

/// How sure a reading is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Sure {
    /// Inherited from a heading, or parts are unknown.
    Guess,
    /// Inherited from the sentence, a lead-in or a column's head.
    Inherited,
    /// Printed: verb, subject and frame.
    Printed,
}

/// A phrase for information.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Object {
    /// Where it is printed, without whose it is.
    pub span: Span,
    /// Its kind by the key of `item.…`, where a list knows it.
    pub key: Option<&'static str>,
    /// All information at once: 'your personal information'.
    pub generic: bool,
}

/// Who gets information.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Receiver {
    /// Where it is printed.
    pub span: Span,
    /// Its kind by the key of `recipient.…`, where one is told.
    pub kind: Option<&'static str>,
    /// Somebody's name; else a kind, or somebody unspecified.
    pub name: bool,
    /// The name of a kit, or a member of a list of those of one kind.
    pub listed: bool,
}

/// Who does what with which information.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Practice {
    /// Index of the clause.
    pub clause: usize,
    /// From the first to the last of its parts in the clause.
    pub span: Span,
    /// The verb.
    pub verb: Span,
    /// Who acts.
    pub actor: Actor,
    /// The subject, where the clause prints it.
    pub subject: Option<Span>,
    /// What is done.
    pub action: Action,
    /// How it is said.
    pub mode: Mode,
    /// Denied, on whatever condition: 'not without your consent'.
    pub denied: bool,
    /// Denied or asserted for now only.
    pub now: bool,
    /// Which information.
    pub objects: Vec<Object>,
    /// Who gets it.
    pub recipients: Vec<Receiver>,
    /// What for.
    pub purposes: Vec<Span>,
    /// On what condition.
    pub conditions: Vec<Span>,
    /// Where.
    pub place: Option<Span>,
    /// How long.
    pub period: Option<Span>,
    /// The path or address to do it.
    pub way: Option<Span>,
    /// How sure the reading is.
    pub sure: Sure,
}

impl Practice {
    /// One that is asserted, without any of its parts.
    fn new(clause: usize, span: Span, actor: Actor, action: Action) -> Self {
        Self {
            clause,
            span,
            verb: span.until(span.start()),
            actor,
            subject: None,
            action,
            mode: Mode::Does,
            denied: false,
            now: false,
            objects: Vec::new(),
            recipients: Vec::new(),
            purposes: Vec::new(),
            conditions: Vec::new(),
            place: None,
            period: None,
            way: None,
            sure: Sure::Guess,
        }
    }

    /// From the first to the last of its parts, what stands before the verb as well.
    #[must_use]
    pub fn hull(&self) -> Span {
        let parts = self.objects.iter().map(|o| o.span).chain(self.recipients.iter().map(|r| r.span));
        parts.fold(self.span, |hull, part| Span::new(hull.start().min(part.start()), hull.end().max(part.end())))
    }

    /// Whether information really comes to us, says the clause.
    #[must_use]
    pub fn collects(&self) -> bool {
        self.action == Action::Collect
            && matches!(self.actor, Actor::We | Actor::You)
            && matches!(self.mode, Mode::Does | Mode::OnlyIf)
    }

    /// Whether others get information, says the clause: from us, or by themselves in our product.
    #[must_use]
    pub fn shares(&self) -> bool {
        let gives = matches!(
            self.action,
            Action::Share | Action::Entrust | Action::Transfer | Action::Publish | Action::SendAbroad
        ) && self.actor == Actor::We;
        (gives || self.action == Action::Collect && self.actor == Actor::Third)
            && matches!(self.mode, Mode::Does | Mode::OnlyIf)
    }
}

/// What a verb does with information, before its frame is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Collect,
    Give,
    Use,
    Share,
    Entrust,
    Transfer,
    Publish,
    Store,
    Abroad,
    Delete,
    Protect,
    Ask,
    Right,
    Reply,
    Notify,
}

impl Class {
    /// Somebody may get information.
    fn gives(self) -> bool {
        matches!(self, Self::Give | Self::Share | Self::Entrust | Self::Transfer | Self::Publish)
    }

    /// Information comes in.
    fn takes_in(self) -> bool {
        matches!(self, Self::Collect)
    }
}

/// The practices of a policy, by clause.
#[derive(Clone, Debug, Default)]
pub struct Practices {
    all: Vec<Practice>,
    /// For each clause, how many practices there are up to its end.
    ends: Vec<u32>,
    /// Clauses that only say what the reader owes, or who answers for what.
    terms: Vec<bool>,
    /// Who may do what, by clause.
    mays: Vec<(usize, May)>,
}

impl Practices {
    /// The practices of a clause, in the order of their verbs.
    #[must_use]
    pub fn of(&self, clause: usize) -> &[Practice] {
        let end = |clause: usize| self.ends.get(clause).map_or(0, |end| *end as usize);
        let from = clause.checked_sub(1).map_or(0, end);
        self.all.get(from..end(clause)).unwrap_or_default()
    }

    /// Whether a clause tells nothing of information but what the reader owes, or who owns and answers for what.
    #[must_use]
    pub fn terms(&self, clause: usize) -> bool {
        self.terms.get(clause) == Some(&true)
    }

    /// Who may do what in a clause, by place.
    pub fn mays(&self, clause: usize) -> impl Iterator<Item = May> + '_ {
        let from = self.mays.partition_point(|m| m.0 < clause);
        self.mays.iter().skip(from).take_while(move |m| m.0 == clause).map(|m| m.1)
    }

    /// All of them, by clause.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Practice> {
        self.all.iter()
    }
}

/// What a sentence goes on with where it prints nothing of its own.
#[derive(Clone, Copy, Debug)]
struct Given {
    actor: Actor,
    action: Action,
    mode: Mode,
    /// What stands under it.
    slot: Slot,
    sure: Sure,
}

/// What a list or a chapter is about that is not about information.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Terms {
    /// What the reader must not do.
    Ban,
    /// Who owes, owns or answers for what.
    Chapter,
}

/// What a lead-in asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Slot {
    /// Information, and nothing else.
    Items,
    Objects,
    /// Names of kits in the product.
    Kits,
    Nothing,
}

/// Reads the practices of all clauses. Linear in the text.
pub async fn read(document: &Document, outline: &Outline, clauses: &[Clause], tokens: &Tokens<'_>) -> Practices {
    let all = clauses.len();
    let (ends, terms) = (Vec::with_capacity(all), Vec::with_capacity(all));
    let mut found = Practices { all: Vec::new(), ends, terms, mays: Vec::new() };
    // What each clause that introduces a list hands on, by clause.
    let mut leads: Vec<(usize, Given)> = Vec::new();
    let headings = headings(outline, tokens);
    let chapters = chapters(outline, tokens);
    let columns = rows::columns(document, tokens);
    let own = Own::new(document, outline, clauses, tokens);
    let mut before: Option<(usize, Given)> = None;
    // Who gets something, announced by a line with a colon, for the lines of its section that have no mark of a list.
    let mut announced: Option<(usize, Given)> = None;
    // A list whose members a semicolon parts.
    let mut open: Option<(usize, Given)> = None;
    for (i, clause) in clauses.iter().enumerate() {
        beat(i).await;
        let text = document.text.slice(clause.span);
        let reading = tokens.clause(i);
        let lead = clause.lead().and_then(|l| leads.binary_search_by_key(&l, |l| l.0).ok());
        let lead = lead.and_then(|at| leads.get(at)).map(|l| l.1);
        announced = announced.filter(|a| a.0 == clause.section() && !is_terminal(last(text)));
        // 'The following: A; B; C.' is one list.
        open = open.filter(|o| o.0 == clause.block() && count(text) <= MEMBER);
        let lead = lead.or(announced.map(|a| a.1)).or(open.map(|o| o.1));
        let heading = headings.get(clause.section()).copied().flatten();
        let from = found.all.len();
        if clause.kind == ClauseKind::Row {
            let row = rows::Row { document, columns: &columns, clause, index: i, reading: &reading };
            row.read(lead.or(heading), &mut found.all);
            if reading.has(group!("practice.may")) {
                let cells = words::Clause::new(&reading);
                found.mays.extend(mays::find(&cells, &scope::Scope::new(&cells)).into_iter().map(|m| (i, m)));
            }
            found.terms.push(false);
        } else {
            let before = before.filter(|b| b.0 == clause.block()).map(|b| b.1);
            let base = clause.span.start();
            let chapter = chapters.get(clause.section()).copied().flatten();
            let terms = if clause.lead().is_some_and(|l| found.terms(l)) { Some(Terms::Ban) } else { chapter };
            let sentence = Sentence { base, index: i, lead, heading, before, terms, own: &own };
            let (given, owes) = sentence.read(&reading, &mut found.all, &mut found.mays);
            let items = found.all.get(from..).and_then(<[Practice]>::last).filter(|p| p.collects());
            if let Some(practice) = items.filter(|_| matches!(last(text), ';' | '\u{ff1b}') && has(text, is_colon)) {
                open = Some((clause.block(), Given { slot: Slot::Items, ..Given::on(practice) }));
            }
            found.terms.push(owes);
            if let Some(given) = given.filter(|_| is_colon(last(text))) {
                let shares = matches!(given.action, Action::Share | Action::Entrust) && given.mode == Mode::Does;
                announced = Some((clause.section(), given)).filter(|_| shares);
                leads.push((i, given));
            }
        }
        open = open.filter(|_| matches!(last(text), ';' | '\u{ff1b}'));
        let said = found.all.get(from..).and_then(<[Practice]>::last);
        let next = said.map(|p| (clause.block(), Given::on(p)));
        before = next.or(before.filter(|b| b.0 == clause.block()));
        found.ends.push(found.all.len() as u32);
    }
    found
}

/// The kits that a title names, in bytes of it.
#[must_use]
pub fn kits(title: &Reading<'_>) -> Vec<Span> {
    sentences::kits::named(&words::Clause::new(title), 0).iter().map(|kit| kit.span).collect()
}

/// The stretches of a clause that only say when something is done, or what for.
#[derive(Clone, Debug, Default)]
pub struct Asides {
    conditions: Vec<Stretch>,
    /// Conditions and purposes in which nobody takes or gives anything: a feature, a wish.
    idle: Vec<Stretch>,
}

impl Asides {
    /// Finds them. Linear in the clause.
    #[must_use]
    pub fn new(reading: &Reading<'_>) -> Self {
        let clause = words::Clause::new(reading);
        let scope = scope::Scope::new(&clause);
        let moves = |w: &words::Word| match w.kind {
            words::Kind::Verb(class) => class.takes_in() || class.gives() || class == Class::Ask,
            _ => false,
        };
        let all = scope.conditions.iter().chain(&scope.purposes);
        // A list of what is meant is no part of it.
        let listed = |s: &Stretch| {
            let opens =
                clause.within(s.0, s.1).iter().find(|w| matches!(w.kind, words::Kind::Include | words::Kind::Such));
            (s.0, opens.map_or(s.1, |w| w.start))
        };
        let idle = all.map(listed).filter(|s| !clause.within(s.0, s.1).iter().any(moves)).collect();
        Self { conditions: scope.conditions, idle }
    }

    /// Whether a place stands in a condition.
    #[must_use]
    pub fn supposes(&self, at: usize) -> bool {
        self.conditions.iter().any(|s| s.0 <= at && at < s.1)
    }

    /// Whether words there are said of nothing that is taken or given.
    #[must_use]
    pub fn holds(&self, at: usize) -> bool {
        self.idle.iter().any(|s| s.0 <= at && at < s.1)
    }
}

/// The practices of one sentence, or of several, that stand alone.
#[must_use]
pub fn sentence(text: &str) -> Vec<Practice> {
    let mut found = Vec::new();
    let own = Own::default();
    let sentence = Sentence { base: 0, index: 0, lead: None, heading: None, before: None, terms: None, own: &own };
    sentence.read(&Reading::new(text), &mut found, &mut Vec::new());
    found
}

impl Given {
    fn on(practice: &Practice) -> Self {
        let Practice { actor, action, mode, .. } = *practice;
        Self { actor, action, mode, slot: Slot::Objects, sure: Sure::Inherited }
    }

    /// Whether what stands under it comes to us.
    fn takes(&self) -> bool {
        self.action == Action::Collect
            && self.mode == Mode::Does
            && self.actor != Actor::Third
            && self.slot != Slot::Nothing
    }
}

/// For each section, what its title or the nearest one around it says is done.
fn headings(outline: &Outline, tokens: &Tokens<'_>) -> Vec<Option<Given>> {
    let mut out: Vec<Option<Given>> = Vec::with_capacity(outline.sections.len());
    for (at, section) in outline.sections.iter().enumerate() {
        let outer = section.parent().and_then(|p| out.get(p)).copied().flatten();
        let own = titled(&tokens.title(at));
        out.push(own.or(outer));
    }
    out
}

/// For each section, whether it is about who owes, owns or answers for what: by its title, else as the one around it.
fn chapters(outline: &Outline, tokens: &Tokens<'_>) -> Vec<Option<Terms>> {
    let mut out: Vec<Option<Terms>> = Vec::with_capacity(outline.sections.len());
    for (at, section) in outline.sections.iter().enumerate() {
        let title = tokens.title(at);
        let ban = title.has(group!("practice.chapter.ban")).then_some(Terms::Ban);
        let own = ban.or_else(|| title.has(group!("practice.chapter.terms")).then_some(Terms::Chapter));
        let outer = || section.parent().and_then(|p| out.get(p)).copied().flatten();
        let privacy = title.has(group!("practice.chapter.privacy"));
        out.push(if privacy { None } else { own.or_else(outer) });
    }
    out
}

/// What a title says is done, by its first verb.
fn titled(title: &Reading<'_>) -> Option<Given> {
    let kinds = [
        (group!("practice.verb.share"), Action::Share),
        (group!("practice.verb.transfer"), Action::Share),
        (group!("practice.verb.publish"), Action::Share),
        (group!("practice.verb.entrust"), Action::Entrust),
        (group!("practice.verb.collect"), Action::Collect),
        (group!("practice.verb.right"), Action::May),
        (group!("practice.verb.store"), Action::Store),
        (group!("practice.verb.protect"), Action::Protect),
        (group!("practice.verb.use"), Action::Use),
    ];
    let third = title.has(group!("practice.third"));
    let asked = title.has(group!("practice.chapter.share")).then_some(Action::Share);
    let action = asked.or_else(|| kinds.into_iter().find(|(g, _)| title.has(*g)).map(|k| k.1));
    if modes::denies(title) {
        return Some(Given { action: action.unwrap_or(Action::Collect), sure: Sure::Guess, ..modes::NEVER });
    }
    let action = action?;
    let actor = match action {
        Action::Collect if third => Actor::Third,
        Action::May => Actor::You,
        _ => Actor::We,
    };
    Some(Given { actor, action, mode: Mode::Does, slot: Slot::Objects, sure: Sure::Guess })
}

/// The kind of recipient that is named in a stretch, the last one.
fn kind_of(reading: &Reading<'_>, from: usize, to: usize) -> Option<&'static str> {
    let hits = keys!("recipient.").filter_map(|(key, group)| {
        let hit = reading.within(group, from, to).iter().rfind(|h| h.end() <= to)?;
        Some((hit.end(), hit.end() - hit.start(), key))
    });
    hits.max_by_key(|h| (h.0, h.1)).map(|h| h.2)
}
