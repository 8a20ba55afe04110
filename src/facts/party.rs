//! Names with a legal form (`company`), and the words around them → who decides on the processing of what (`product`).
//!
//! A name is nobody's until a frame says whose it is: the definition of "we" before all, then who runs or provides the
//! product, then a labelled line, a signature, and last a name that the introduction opens with.

use super::company::{led, mend, name, start};
use super::product::{self, is_edge};
use super::{Evidenced, Facts, Policy, head, tail};
use crate::lexicon::{Hit, Reading, group, set, terms};
use crate::numbering;
use crate::practices::Practice;
use crate::text::{
    count, first, has, is_blank, is_closing, is_colon, is_ideograph, is_opening, is_terminal, last, part, trim,
    trim_end, trim_start,
};

/// Clauses that introduce a policy: a name in them is the policy's own, if it is not said to be another's.
pub(super) const OPENING: usize = 30;
/// Characters behind a name in which it is said who that is.
const REACH: usize = 120;
/// Reads who is responsible and what for.
pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    facts.product = product::of(policy);
    let product = facts.product.as_ref().map_or("", |p| p.value.as_str());
    let Some((_, clause, names)) = controllers(policy, product).or_else(|| affiliated(policy)) else { return };
    let mut names = names.into_iter();
    facts.controller = names.next().map(|name| Evidenced::new(name, clause));
    facts.also = names.map(|name| Evidenced::new(name, clause)).collect();
}

/// How surely somebody is responsible; a later kind outdoes all before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Frame {
    /// The introduction speaks of a company and of no other.
    Named,
    /// Stands alone on a line.
    Signs,
    /// Is defined as who speaks, but short: "Example company".
    Called,
    /// Behind a label.
    Labelled,
    /// Is said to run or to provide the product.
    Runs,
    /// Is defined as who speaks.
    Speaks,
}

/// The names that the best frame of the text holds; of equals, the first frame.
fn controllers(policy: &Policy<'_>, product: &str) -> Option<(Frame, usize, Vec<String>)> {
    let mut best: Option<(Frame, usize, Vec<String>)> = None;
    for clause in (0..policy.len()).filter(|clause| !policy.is_row(*clause)) {
        if !policy.has(clause, group!("company.form")) && !policy.has(clause, group!("company.weak")) {
            continue;
        }
        let text = policy.text(clause);
        let all = names(policy, clause);
        for names in listed(text, &all) {
            let Some(frame) = frame(policy, clause, product, &names, rival(text, &names, &all)) else { continue };
            if best.as_ref().is_none_or(|(b, ..)| frame > *b) {
                // Only who is defined or said to run it may be several.
                let several = if frame >= Frame::Runs { names.len() } else { 1 };
                let names = names.iter().take(several);
                let whole = |n: &Named| {
                    let start = led(text, n.start, product);
                    let name = part(text, start, n.end);
                    // Right behind "by", a name is whole.
                    let agent = set!("company.operate", "agent");
                    let by = start > 0 && agent.contains(last(part(text, 0, start)));
                    if by { name.into() } else { mend(name, product).into() }
                };
                best = Some((frame, clause, names.map(whole).collect()));
            }
        }
    }
    best
}

/// Who is said to speak together with affiliates, without a legal form: "Example Technology and its affiliates (“we”)".
fn affiliated(policy: &Policy<'_>) -> Option<(Frame, usize, Vec<String>)> {
    (0..policy.len().min(OPENING)).find_map(|clause| {
        let text = policy.text(clause);
        let hit = policy.hits(clause, group!("company.affiliated")).first()?;
        let from = start(text, hit.start())?;
        let name = trim(part(text, from, hit.start()));
        let behind = Reading::new(head(part(text, hit.end(), text.len()), REACH));
        let around = Around { before: "", near: Reading::new(""), behind };
        let named = (2..=12).contains(&count(name)) && name.chars().all(is_ideograph) && is_own(name);
        let generic = Reading::only(name, [group!("company.self"), group!("product.generic")]);
        let generic = generic.has(group!("company.self")) || generic.has(group!("product.generic"));
        (named && !generic && around.speaks()).then(|| (Frame::Called, clause, vec![name.to_string()]))
    })
}

/// A name in a clause.
#[derive(Clone, Copy, Debug)]
struct Named {
    start: usize,
    end: usize,
    /// With a legal form; an institution or a group needs more to be believed.
    strong: bool,
}

/// The names of a clause, in order.
fn names(policy: &Policy<'_>, clause: usize) -> Vec<Named> {
    let text = policy.text(clause);
    let strong = policy.hits(clause, group!("company.form")).iter().map(|hit| (*hit, true));
    let weak = policy.hits(clause, group!("company.weak")).iter().map(|hit| (*hit, false));
    let mut forms: Vec<(Hit, bool)> = strong.chain(weak).collect();
    forms.sort_unstable_by_key(|(hit, _)| hit.start());
    let mut found: Vec<Named> = Vec::new();
    for (form, strong) in forms {
        let Some(name) = name(text, form.start(), form.end()) else { continue };
        let start = name.as_ptr() as usize - text.as_ptr() as usize;
        let named = Named { start, end: start + name.len(), strong };
        let stem = part(text, start, form.start());
        // "(Example company)" is short for the name before it.
        let bracketed = before_bracket(part(text, 0, start)) && !strong;
        // "The school and its …" belongs to the name before.
        let theirs = set!("company.before", "theirs").contains(last(part(text, 0, start))) && start > 0;
        // A bureau is some town's.
        let office = form.end() - form.start() > OFFICE || is_local(stem);
        if bracketed || !strong && (theirs || !office || !is_own(stem)) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end > start => {
                // "Example University Library" goes on from "Example University".
                if strong && !last.strong || strong == last.strong && start <= last.start {
                    *last = named;
                }
            }
            _ => found.push(named),
        }
    }
    found
}

/// Bytes of a word for an office that many other words end in.
const OFFICE: usize = 3;

/// Whether what stands before a word for an office says of which place it is.
fn is_local(stem: &str) -> bool {
    let towns = set!("company.generic", "towns");
    stem.contains(|c| towns.contains(c)) || Reading::only(stem, [group!("company.place")]).has(group!("company.place"))
}

/// Whether a text ends within brackets.
fn before_bracket(text: &str) -> bool {
    let near = tail(text, 60);
    near.rfind(['(', '\u{ff08}']) > near.rfind([')', '\u{ff09}'])
}

/// Whether what stands before "company", "hospital" or "group" is a name, not a kind of them.
fn is_own(stem: &str) -> bool {
    let kinds = Reading::only(stem, [group!("company.generic")]);
    // "Example Holding" is a name, "holding" a kind.
    let names = set!("company.generic", "names");
    let named = |hit: &Hit| {
        let before = part(stem, 0, hit.start());
        part(stem, hit.start(), hit.end()) == names && count(before) >= 2 || is_local(before)
    };
    count(stem) >= 2 && !kinds.of(group!("company.generic")).iter().any(|hit| hit.end() == stem.len() && !named(hit))
}

/// Names with nothing but "and" between them are said the same of.
fn listed(text: &str, names: &[Named]) -> Vec<Vec<Named>> {
    let mut lists: Vec<Vec<Named>> = Vec::new();
    for name in names {
        let joined = lists.last().and_then(|list| list.last()).is_some_and(|before| {
            let between = trim(part(text, before.end, name.start));
            let close = between.find([')', '\u{ff09}']).filter(|_| between.starts_with(['(', '\u{ff08}']));
            let between = close.map_or(between, |at| {
                trim(part(between, at + first(part(between, at, between.len())).len_utf8(), between.len()))
            });
            let affiliated = Reading::only(between, [group!("company.affiliated")]);
            let affiliated = affiliated.of(group!("company.affiliated")).iter().any(|hit| hit.end() == between.len());
            affiliated || terms(group!("company.join")).contains(&between)
        });
        match lists.last_mut().filter(|_| joined) {
            Some(list) => list.push(*name),
            None => lists.push(vec![*name]),
        }
    }
    lists
}

/// Where the next name behind a list starts, outside of brackets: what follows is said of that one.
fn rival(text: &str, names: &[Named], all: &[Named]) -> usize {
    let end = names.last().map_or(0, |name| name.end);
    let open = |next: &&Named| {
        let between = part(text, end, next.start);
        between.matches(['(', '\u{ff08}']).count() <= between.matches([')', '\u{ff09}']).count()
    };
    all.iter().filter(|next| next.start >= end).find(open).map_or(text.len(), |next| next.start)
}

/// Whether a clause stands in a list of those who get something: the line before it says so and ends with a colon.
fn is_given(policy: &Policy<'_>, clause: usize) -> bool {
    let lead = policy.clauses.get(clause).and_then(crate::clauses::Clause::lead);
    let lead = lead.or_else(|| {
        let mut before = (clause.saturating_sub(LISTED)..clause).rev();
        before.find(|at| is_colon(last(trim_end(policy.text(*at), is_blank))))
    });
    let section = |at: usize| policy.clauses.get(at).map(crate::clauses::Clause::section);
    lead.is_some_and(|lead| {
        section(lead) == section(clause)
            && is_colon(last(trim_end(policy.text(lead), is_blank)))
            && (policy.has(lead, group!("practice.verb.share"))
                || policy.has(lead, group!("exception.share"))
                || policy.practices(lead).iter().any(Practice::shares))
    })
}

/// Lines of a list of recipients.
const LISTED: usize = 8;

/// What the clause says of a list of names, up to the next one; nothing of others.
fn frame(policy: &Policy<'_>, clause: usize, product: &str, names: &[Named], rival: usize) -> Option<Frame> {
    let (first_name, last_name) = (names.first()?, names.last()?);
    let text = policy.text(clause);
    let before = part(text, 0, first_name.start);
    let behind = head(part(text, last_name.end, rival), REACH);
    let around = Around::new(before, behind);
    // What is said in an agreement that is appended is said of its own parties.
    let title = Reading::only(policy.title(), [group!("title"), group!("title.other")]);
    let appended = title.has(group!("title")) && !title.has(group!("title.other"));
    if is_booked(before) || appended && policy.headed(clause, group!("title.other")) {
        return None;
    }
    let strong = names.iter().all(|n| n.strong);
    let short =
        terms(group!("company.short")).iter().any(|short| part(text, last_name.start, last_name.end).ends_with(short));
    if around.speaks() {
        return Some(if !strong && short { Frame::Called } else { Frame::Speaks });
    }
    if around.is_others()
        || policy.headed(clause, group!("column.third"))
        || is_given(policy, clause)
        || is_listed(policy, clause)
    {
        return None;
    }
    if (strong || clause < OPENING)
        && around.runs(clause < OPENING || policy.headed(clause, group!("contact.heading")), product)
    {
        return Some(if !strong && short { Frame::Called } else { Frame::Runs });
    }
    if (strong || !short) && around.labelled() && names.len() == 1 && !policy.listed(clause) {
        return Some(Frame::Labelled);
    }
    if !strong || around.served(product) {
        return None;
    }
    let alone = trim(before).is_empty() && trim_end(behind, |c| is_blank(c) || is_closing(c)).is_empty();
    if alone && !policy.listed(clause) {
        return Some(Frame::Signs);
    }
    // "Example Ltd. takes care …", or any in the introduction.
    let acts =
        trim(before).is_empty() && around.behind.of(group!("company.acts")).first().is_some_and(|hit| hit.start() == 0);
    // Who is named where it is told what others get is one of them.
    let given = [group!("exception.share"), group!("practice.verb.share"), group!("practice.verb.give")];
    let given = given.into_iter().chain([group!("practice.chapter.share")]).any(|g| policy.headed(clause, g));
    (acts || clause < OPENING && !given && !around.near.has(group!("company.other"))).then_some(Frame::Named)
}

/// Whether a line of a list of those who get something names who it is.
fn is_listed(policy: &Policy<'_>, clause: usize) -> bool {
    let own = policy.practices(clause).iter().filter(|p| p.shares() && p.objects.is_empty());
    own.flat_map(|p| &p.recipients).any(|r| r.name && r.listed)
}

/// Whether a text ends within book-title marks.
fn is_booked(text: &str) -> bool {
    let near = tail(text, 60);
    near.rfind('\u{300a}') > near.rfind('\u{300b}')
}

/// What stands around a list of names.
struct Around<'t> {
    before: &'t str,
    /// The end of it.
    near: Reading<'t>,
    behind: Reading<'t>,
}

impl<'t> Around<'t> {
    fn new(before: &'t str, behind: &'t str) -> Self {
        let both = [group!("company.define"), group!("company.role"), group!("company.self")];
        let near = both.into_iter().chain([group!("company.other")]);
        let next =
            [group!("company.acts"), group!("company.alias"), group!("company.operate"), group!("company.owner")];
        let behind = Reading::only(behind, both.into_iter().chain(next));
        Self { before, near: Reading::only(tail(before, 40), near), behind }
    }

    /// "… (hereinafter 'we')", or "'we' means …".
    fn speaks(&self) -> bool {
        let behind = self.behind.text;
        let selves = self.behind.of(group!("company.self"));
        let alias = self.behind.of(group!("company.alias"));
        let defined = selves.iter().any(|own| {
            let between = part(behind, 0, own.start());
            let told = alias.iter().rev().find(|a| a.end() <= own.start());
            let told = told.is_some_and(|a| count(part(behind, a.end(), own.start())) <= 24);
            let bracketed = !between.is_empty() && is_bracketed(between);
            (told || bracketed) && !has(between, is_stop) && !named_outside(between)
        });
        let means = self.near.of(group!("company.self")).iter().any(|own| {
            let between =
                trim_end(part(self.near.text, own.end(), self.near.text.len()), |c| is_blank(c) || is_opening(c));
            let define = Reading::only(between, [group!("company.define")]);
            let define = define.of(group!("company.define")).iter().find(|hit| {
                hit.end() == between.len()
                    || is_colon(last(between)) && hit.end() + last(between).len_utf8() == between.len()
            });
            // Right behind, or behind other names for the same.
            let to = define.map_or(between.len(), Hit::start);
            let other = trim_end(part(between, 0, to), |c| is_blank(c) || is_closing(c));
            let alike = trim_start(other, |c| is_blank(c) || is_closing(c));
            (define.is_some() || is_colon(last(between)))
                && (alike.is_empty()
                    || alike.len() < other.len()
                        && count(alike) <= 12
                        && !has(alike, is_stop)
                        && !has(alike, crate::text::is_comma))
        });
        defined || means
    }

    /// Others are named where something is shared with them, a kit is theirs, or as owners of who is meant.
    fn is_others(&self) -> bool {
        let owner = self.behind.of(group!("company.owner")).first().is_some_and(|hit| hit.start() == 0);
        let stretch = self.near.stretch(self.near.text.len()).0;
        owner || self.near.of(group!("company.other")).iter().any(|hit| hit.end() > stretch)
    }

    /// "The provider is …", "run by …", "… is the provider of".
    fn runs(&self, home: bool, product: &str) -> bool {
        let near = self.near.text;
        // Far into the text others are told of, too.
        let own = |subject: &str| {
            let named = !product.is_empty() && subject.contains(product) && count(subject) <= count(product) + 8;
            let opens = || {
                let words = Reading::only(subject, [group!("company.own")]);
                words.of(group!("company.own")).first().is_some_and(|hit| hit.start() == 0)
            };
            is_ours(subject, product) && (home || named || opens())
        };
        let role = |hit: &Hit| {
            let between = part(near, hit.end(), near.len());
            let left = trim(part(near, 0, hit.start()));
            // "The provider of Example: the provider of its services, Example Ltd."
            let defined = self.near.of(group!("company.role")).first().is_some_and(|first| first.end() < hit.start());
            let plain = !has(between, is_colon) || !is_mark_only(left);
            count(between) <= 3 && plain && (own(left) || left.is_empty() || defined)
        };
        if self.near.of(group!("company.role")).iter().any(role) || self.means(product) {
            return true;
        }
        let agent = set!("company.operate", "agent");
        let operates = self.behind.within(group!("company.operate"), 0, head(self.behind.text, 80).len());
        let by = near.rfind(|c| agent.contains(c)).filter(|at| {
            let between = part(near, *at, near.len());
            count(between) <= 12 && !has(between, |c| is_terminal(c) || crate::text::is_comma(c))
        });
        if let Some(by) = by.filter(|_| !operates.is_empty()) {
            let from = self.near.stretch(by).0;
            // "Cloud storage: provided by …".
            let label =
                trim(part(near, from, by)).is_empty() && is_colon(last(trim_end(part(near, 0, from), is_blank)));
            return own(part(near, if label { 0 } else { from }, by));
        }
        let is = self.behind.of(group!("company.define")).first().is_some_and(|hit| hit.start() <= 6);
        let roles = self.behind.within(group!("company.role"), 0, head(self.behind.text, 40).len());
        is && !roles.is_empty() && own(near)
    }

    /// "Cloud storage: provided by …".
    fn served(&self, product: &str) -> bool {
        let agent = set!("company.operate", "agent");
        let by = trim_end(self.before, |c| is_blank(c) || is_mark(c)).strip_suffix(agent);
        let label = by.filter(|by| is_colon(last(trim_end(by, is_blank))));
        label.is_some_and(|label| !is_ours(label, product)) && self.behind.has(group!("company.operate"))
    }

    /// "Example means …", of the product.
    fn means(&self, product: &str) -> bool {
        let near = trim_end(self.near.text, |c| is_blank(c) || is_opening(c));
        let define = self.near.of(group!("company.define")).iter().find(|hit| hit.end() == near.len());
        let before = |hit: &Hit| part(near, self.near.stretch(hit.start()).0, hit.start());
        let subject = define.map_or("", before);
        // "“Example” means who provides it, that is …".
        let defined = |hit: &Hit| {
            let first = trim_end(before(hit), is_closing);
            let name = part(first, first.rfind(is_opening).unwrap_or(0), first.len());
            first.len() < before(hit).len() && count(bare(name)) >= 2 && product.contains(bare(name))
        };
        let earlier = |own: &Hit| {
            self.near.of(group!("company.define")).iter().take_while(|d| d.end() < own.start()).any(defined)
        };
        let named = subject.contains(product) && count(subject) <= count(product) + 12;
        !product.is_empty() && (named || subject.is_empty() && define.is_some_and(earlier))
    }

    /// A line that is a label and the name.
    fn labelled(&self) -> bool {
        let bare = trim_end(self.before, |c| is_blank(c) || is_opening(c) || is_mark(c));
        if !is_colon(last(bare)) {
            return false;
        }
        let label = trim_end(bare, |c| is_blank(c) || is_closing(c) || is_mark(c));
        let label = numbering::parse(label).map_or(label, |mark| part(label, mark.end, label.len()));
        let label = trim_start(label, |c| is_blank(c) || is_opening(c) || is_mark(c));
        let words = Reading::only(label, [group!("company.label"), group!("company.role")]);
        let whole = |hit: &Hit| hit.start() == 0 && hit.end() == label.len();
        let ends = |hit: &Hit| hit.end() == label.len();
        let short = |short: &&str| label.strip_suffix(*short).is_some_and(is_own);
        count(label) <= 12
            && (words.of(group!("company.label")).iter().any(whole)
                || words.of(group!("company.role")).iter().any(ends)
                || terms(group!("company.short")).iter().any(short))
    }
}

/// A text without the quotes around it.
fn bare(text: &str) -> &str {
    trim_end(trim_start(text, is_edge), is_edge)
}

/// Whether a subject is the product, or nothing that is told apart from it: "the cloud storage is provided by …" is another's.
fn is_ours(subject: &str, product: &str) -> bool {
    let bare = trim_end(bare(subject), |c| is_edge(c) || is_mark(c));
    let bare = numbering::parse(bare).map_or(bare, |mark| trim_start(part(bare, mark.end, bare.len()), is_edge));
    let generic = [
        group!("product.generic"),
        group!("product.before"),
        group!("product.welcome"),
        group!("company.own"),
        group!("company.role"),
    ];
    let words = Reading::only(bare, generic);
    let starts = |group| words.of(group).first().is_some_and(|hit| hit.start() == 0);
    let (short, long) = (bare.to_ascii_lowercase(), product.to_ascii_lowercase());
    count(bare) < 2
        || product.is_empty() && !is_colon(last(trim_end(subject, is_blank)))
        || generic.into_iter().any(starts)
        || long.contains(&short)
        || !long.is_empty() && short.contains(&long)
}

/// Whether nothing stands in a text but what opens brackets and quotes, and other names in quotes: "(“Example” or “".
fn is_bracketed(text: &str) -> bool {
    let or = set!("way.or", "or");
    let mut quoted = false;
    let opens = is_opening(first(trim_start(text, is_blank)));
    opens
        && count(text) <= 24
        && text.chars().all(|c| {
            let inside = quoted && !is_closing(c);
            quoted = (quoted || matches!(c, '\u{201c}' | '\u{300c}')) && !matches!(c, '\u{201d}' | '\u{300d}');
            inside
                || is_blank(c)
                || is_opening(c)
                || matches!(c, '\u{201d}' | '\u{300d}' | '\u{3001}')
                || or.contains(c)
        })
}

/// Whether a name with a legal form stands outside of the brackets of a text.
fn named_outside(text: &str) -> bool {
    let mut depth = 0i32;
    let forms = Reading::only(text, [group!("company.form")]);
    let forms = forms.of(group!("company.form"));
    text.char_indices().any(|(at, c)| {
        depth += i32::from(matches!(c, '(' | '\u{ff08}')) - i32::from(matches!(c, ')' | '\u{ff09}'));
        depth <= 0 && forms.iter().any(|hit| hit.start() == at)
    })
}

/// The end of a sentence.
pub(super) fn is_stop(c: char) -> bool {
    is_terminal(c) && !is_colon(c)
}

/// What decorates a label.
fn is_mark(c: char) -> bool {
    matches!(c, '*' | '-' | '\u{2022}' | '\u{3011}' | '\u{3010}')
}

fn is_mark_only(text: &str) -> bool {
    numbering::is_bare(text) || trim_start(text, |c| is_blank(c) || is_mark(c) || is_opening(c)).is_empty()
}

impl Policy<'_> {
    /// Whether the clause is one of a list of somebody's kits: a line with their label stands close before it.
    pub(super) fn listed(&self, clause: usize) -> bool {
        let section = self.clauses.get(clause).map(crate::clauses::Clause::section);
        (clause.saturating_sub(4)..clause).any(|before| {
            self.clauses.get(before).map(crate::clauses::Clause::section) == section
                && self.has(before, group!("company.others"))
                && count(self.text(before)) < 40
        })
    }
}
