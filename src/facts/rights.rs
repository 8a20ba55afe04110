//! Clauses and headings → what a reader may ask for, and the ways that are printed to do so.
//!
//! A right's verb nominates; it is granted where the last that is said before it is that *you* may, or that we offer it to
//! you (`may`). What the company may, what is refused and what is only named grants nothing.

use super::may::{Said, is_stop};
use super::{Evidenced, Facts, Policy, head, ways};
use crate::clauses::{Clause, Kind};
use crate::lexicon::reading::has_word;
use crate::lexicon::{Group, Hit, Reading, group, keys, set};
use crate::numbering;
use crate::practices::Practice;
use crate::text::{count, is_blank, is_closing, is_colon, is_opening, is_terminal, last, part, trim, trim_end};

/// What a reader may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// The contract's word: `access`, `delete`, …
    pub right: &'static str,
    /// The words that say how, or that grant it.
    pub how: Option<String>,
    /// The path, the address or the words of the way alone, where one is printed.
    pub way: Option<String>,
}

/// Each right with its words, and those of what it is about that must stand close by.
const RIGHTS: [(&str, Group, Option<Group>); 12] = [
    ("access", group!("right.access"), Some(group!("grant.object"))),
    ("close-account", group!("right.close-account"), None),
    ("complain", group!("right.complain"), None),
    ("copy", group!("right.copy"), Some(group!("grant.copy"))),
    ("correct", group!("right.correct"), Some(group!("grant.object"))),
    ("delete", group!("right.delete"), Some(group!("grant.object"))),
    ("explain", group!("right.explain"), None),
    ("opt-out-marketing", group!("right.opt-out-marketing"), None),
    ("opt-out-personalisation", group!("right.opt-out-personalisation"), Some(group!("grant.off"))),
    ("portability", group!("right.portability"), None),
    ("supplement", group!("right.supplement"), Some(group!("grant.object"))),
    ("withdraw-consent", group!("right.withdraw-consent"), Some(group!("grant.consent"))),
];

/// Bytes around a right's word in which it says what it is about.
pub(super) const NEAR: usize = 90;
/// Characters of a quotation that says how.
const LONGEST: usize = 220;
/// Ways that are told of a right.
const WAYS: usize = 3;
/// Characters of an item that holds little but a right's name.
const ALONE: usize = 16;
/// Clauses behind a lead-in, or under a heading, that are its steps.
const STEPS: usize = 12;

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let said: Vec<Said> = (0..policy.len()).map(|clause| Said::of(policy, clause)).collect();
    for (right, group, with) in RIGHTS {
        let mut grants: Vec<Grant> = Vec::new();
        // What the headings say is asked once a section.
        let (mut section, mut headed, mut named) = (None, false, false);
        for (clause, place) in policy.clauses.iter().enumerate() {
            if policy.is_row(clause) && !policy.rows_rights(clause) || policy.practices.terms(clause) {
                continue;
            }
            if section != Some(place.section()) {
                section = Some(place.section());
                headed = policy.titled(place.section(), group, with);
                named = headed && policy.headed(clause, group!("right.heading"));
            }
            let Some(said) = said.get(clause) else { continue };
            let grant = grant(policy, clause, said, group, with, headed, named);
            // The product's own name in quotes leads nowhere.
            let product = facts.product.as_ref().map_or("", |product| product.value.as_str());
            let grant =
                grant.map(|grant| Grant { way: grant.way.filter(|way| !names(policy, clause, way, product)), ..grant });
            if let Some(grant) = grant.filter(|_| grants.len() < MOST) {
                grants.push(grant);
            }
        }
        facts.rights.extend(best(policy, right, &grants));
    }
}

/// Whether a way is nothing but the product's name.
fn names(policy: &Policy<'_>, clause: usize, way: &ways::Way, product: &str) -> bool {
    let label = part(policy.text(clause), way.start, way.end);
    !product.is_empty() && way.exact && label.contains(product) && count(label) <= count(product) + APP
}

/// Characters of quotes around a product's name, and of the word for an app behind it.
const APP: usize = 7;

/// Clauses that grant a right and are looked at for the ways.
const MOST: usize = 24;

/// A clause that grants a right.
struct Grant {
    clause: usize,
    /// In a section that the right gives its title.
    headed: bool,
    /// Says itself that you may.
    direct: bool,
    /// In so many words, not as "your right to".
    plain: bool,
    /// Only where another way does not help, or for questions.
    otherwise: bool,
    /// A path or an address, words, or nothing.
    way: Option<ways::Way>,
    /// Where a link leads.
    link: Option<String>,
}

impl Grant {
    /// Whether it says how.
    const fn leads(&self) -> bool {
        self.way.is_some() || self.link.is_some()
    }
}

/// Best is what says how in a section named after the right, then what says how, then what grants it there, then the first.
fn best(policy: &Policy<'_>, right: &'static str, grants: &[Grant]) -> Option<Evidenced<Right>> {
    let exact = |grant: &Grant| grant.link.is_some() || grant.way.is_some_and(|way| way.exact);
    let rank = |grant: &Grant| (grant.leads(), grant.headed, !grant.otherwise, exact(grant), grant.direct, grant.plain);
    let mut order: Vec<&Grant> = grants.iter().collect();
    order.sort_by_key(|grant| std::cmp::Reverse(rank(grant)));
    let top = *order.first()?;
    let told = order.iter().filter(|grant| grant.leads()).take(WAYS).copied();
    let mut quotes: Vec<String> = Vec::new();
    for grant in told {
        let quote = quote(policy, grant);
        if !quotes.contains(&quote) {
            quotes.push(quote);
        }
    }
    if quotes.is_empty() && top.direct {
        quotes.push(quote(policy, top));
    }
    let words = top.way.map(|way| trim(part(policy.text(top.clause), way.start, way.end)).to_string());
    let referred = policy.referred(top.clause, words.as_deref()).filter(|_| !exact(top));
    // "In the following way" points to the way and is none.
    let words = words.filter(|way| !Reading::only(way, [group!("lead")]).has(group!("lead")));
    let steps = steps(policy, top.clause);
    let mut found = Evidenced::new(Right { right, how: None, way: None }, top.clause);
    for grant in order.iter().skip(1).take(2).filter(|grant| grant.leads()) {
        found.add(grant.clause);
    }
    let way = match (steps, referred) {
        (Some(steps), _) => Some(steps),
        // "As in (1)": what stands there says how.
        (None, Some((clause, way))) => {
            let said = short(ways::bare(policy.text(clause)));
            if !quotes.iter().any(|quote| quote.contains(&said)) {
                quotes.push(said);
            }
            found.add(clause);
            Some(trim(part(policy.text(clause), way.start, way.end)).to_string())
        }
        (None, None) => words.filter(|_| exact(top) || top.link.is_none()).or_else(|| top.link.clone()),
    };
    found.value.how = (!quotes.is_empty()).then(|| quotes.join("\u{ff1b}"));
    found.value.way = way;
    Some(found)
}

/// A quotation without its full stop.
fn short(text: &str) -> String {
    head(trim_end(text, |c| is_blank(c) || is_terminal(c)), LONGEST).to_string()
}

/// The path that numbered steps lead along: those that a clause introduces, or among which it stands.
fn steps(policy: &Policy<'_>, clause: usize) -> Option<String> {
    let section = policy.clauses.get(clause)?.section();
    let number = |at: usize| numbering::parse(policy.text(at)).map_or(0, |mark| mark.value);
    let leads = is_colon(last(trim_end(policy.text(clause), is_blank)));
    let told = policy.headed(clause, group!("way.steps")) || policy.has(clause, group!("way.steps"));
    // Among steps, the first one is as many clauses before as its number says.
    let from = if leads { clause + 1 } else { clause.checked_sub(number(clause).checked_sub(1)? as usize)? };
    let mut labels: Vec<&str> = Vec::new();
    let mut end = from;
    for at in from..policy.len().min(from + STEPS) {
        let text = policy.text(at);
        let inside = policy.clauses.get(at).is_some_and(|c| c.section() == section);
        // What says that you may is a right of its own, no step.
        if number(at) as usize != at - from + 1 || !inside || policy.has(at, group!("grant.reader")) {
            break;
        }
        let mut found = ways::ways(text).into_iter().filter(|way| way.exact);
        let label = found.next().map(|way| part(text, way.start, way.end)).or_else(|| ways::step(text));
        // The first step may have no label: "open the app". What else has none is another way, and so is an address, or a path
        // that starts where the first one does.
        let root = |label: &str| ways::bare(label).trim_start_matches(is_opening).chars().next();
        let again = |label: &str| labels.first().is_some_and(|first| root(first) == root(label));
        let other = |label: &str| label.contains('@') || ways::is_path(label) && again(label);
        if found.next().is_some() || label.map_or(!labels.is_empty(), other) {
            break;
        }
        labels.extend(label);
        end = at + 1;
    }
    let among = leads && told || !leads && end > clause;
    (labels.len() >= 2 && among).then(|| labels.join(" \u{203a} "))
}

/// The words of a clause that grant and say how; a lead-in with its steps.
fn quote(policy: &Policy<'_>, grant: &Grant) -> String {
    let text = ways::bare(policy.text(grant.clause));
    let mut quote = short(text);
    if is_colon(last(text)) {
        quote = head(trim_end(text, is_blank), LONGEST).to_string();
        for next in grant.clause + 1..policy.len().min(grant.clause + STEPS) {
            let step = policy.text(next);
            let steps = policy.clauses.get(next).and_then(Clause::lead) == Some(grant.clause);
            if !steps || count(&quote) + count(step) > LONGEST {
                break;
            }
            quote.push_str(step);
        }
    }
    quote
}

/// Whether a clause grants a right, and how it says to use it.
fn grant(
    policy: &Policy<'_>,
    clause: usize,
    said: &Said,
    group: Group,
    with: Option<Group>,
    headed: bool,
    named: bool,
) -> Option<Grant> {
    // Fifteen rights ask every clause: most have nothing to do with most.
    if policy.hits(clause, group).is_empty() && !headed && !named {
        return None;
    }
    let text = policy.text(clause);
    // What somebody has done, or the time when it is done, grants nothing.
    let done = |hit: &Hit| {
        let before = Reading::only(super::tail(part(text, 0, hit.start()), 3), [group!("grant.was")]);
        before.has(group!("grant.was")) || is_done(part(text, hit.end(), text.len()))
    };
    // "You can complete …" where we collect is no right.
    let asked = policy.practices(clause).iter().any(Practice::collects);
    let fills = |hit: &Hit| asked && policy.hits(clause, group!("grant.fill")).iter().any(|f| f.start() == hit.start());
    // "That cannot be done by closing the account": whatever the heading, another thing is told.
    let cannot = |hit: &Hit| {
        let before = Reading::only(super::tail(part(text, 0, hit.start()), CANNOT), [group!("grant.not")]);
        before
            .of(group!("grant.not"))
            .last()
            .is_some_and(|not| count(part(before.text, not.end(), before.text.len())) <= BY)
    };
    let all = policy.hits(clause, group);
    if !all.is_empty() && all.iter().all(cannot) {
        return None;
    }
    let hits: Vec<Hit> = all.iter().filter(|hit| !done(hit) && !fills(hit)).copied().collect();
    if hits.is_empty() && !all.is_empty() && !headed {
        return None;
    }
    let about = |at: &Hit| with.is_none_or(|with| is_about(policy, clause, group, with, at));
    // What the reader owes is no right, whatever the heading.
    if !hits.is_empty() && hits.iter().all(|hit| said.owes(hit.start())) {
        return None;
    }
    let labelled = !said.refuses && policy.labels_right(clause, &hits);
    let direct = labelled || hits.iter().any(|hit| about(hit) && said.may(hit.start()));
    // An item that is more than the right's name says what it is about.
    let named_alone = count(text) <= ALONE;
    let led = hits.iter().any(|hit| named_alone || about(hit))
        && said.marks.is_empty()
        && !said.refuses
        && lead_grants(policy, clause);
    let way = way(policy, clause, hits.first().map(Hit::start));
    let way = way.or_else(|| if labelled { policy.cell_way(clause) } else { None });
    let link = if way.is_some_and(|way| way.exact) { None } else { policy.link(clause, group) };
    let leads = way.is_some() || link.is_some();
    // Under a heading that names it, whoever says that you may, or how, grants it.
    let plain = || with.is_some() || group == group!("right.close-account");
    let under = headed
        && !said.refuses
        && (said.offers() || leads)
        && (named || said.offers() || said.marks.is_empty() && plain());
    let asks = hits.iter().any(|hit| about(hit) && said.asks(hit.start())) && !said.refuses && leads;
    let granted = direct || led || under || asks;
    (granted || named && !said.refuses).then(|| Grant {
        clause,
        headed,
        direct: direct || led,
        plain: policy.has(clause, group!("grant.may")),
        otherwise: policy.has(clause, group!("grant.otherwise")),
        way: way.filter(|_| granted),
        link: link.filter(|_| granted),
    })
}

/// Whether what follows a right's verb says that it has been done, or when: "(the account) was closed", "after …".
fn is_done(behind: &str) -> bool {
    let near = Reading::only(head(behind, DONE), [group!("grant.done"), group!("grant.object")]);
    let object = near.of(group!("grant.object")).last().map_or(0, Hit::end);
    near.of(group!("grant.done")).iter().any(|done| done.start() == 0 || done.start() == object)
}

/// Characters before a verb in which a denial stands.
const CANNOT: usize = 5;
/// Characters between a denial and the verb: "by".
const BY: usize = 2;

/// Characters of a verb's object and of what says that it was done.
const DONE: usize = 10;

/// Whether a right's word is about information: its object where one follows it, else the next thing that is named, or one
/// before it.
fn is_about(policy: &Policy<'_>, clause: usize, group: Group, with: Group, verb: &Hit) -> bool {
    let at = verb.start();
    let hits = policy.hits(clause, with);
    let near = |hit: &&Hit| hit.start() + NEAR >= at && hit.start() <= at + NEAR;
    // A permission is managed, not corrected or looked into.
    let manages = [group!("right.access"), group!("right.correct"), group!("right.supplement")].contains(&group);
    let text = policy.text(clause);
    let (_, end) = policy.tokens.clause(clause).stretch(at);
    let next = hits.iter().find(|hit| hit.start() > at && hit.start() < end);
    let consents = policy.has(clause, group!("grant.consent"));
    let permission = |hit: &Hit| consents && has_word(part(text, hit.start(), hit.end()), group!("grant.consent"));
    if manages && next.is_some_and(permission) {
        return false;
    }
    // What a browser keeps is refused, not deleted.
    let cookie = group == group!("right.delete") && policy.has(clause, group!("cookie"));
    // "Add or remove friends": the object is somebody or something else.
    let (from, _) = policy.tokens.clause(clause).stretch(at);
    let fronted = set!("grant.object", "fronted");
    // "Export (it)" behind "take your data and": the object stands before.
    let fronted = part(text, from, at).contains(|c| fronted.contains(c));
    if !fronted && (with == group!("grant.object") || with == group!("grant.copy")) {
        match object(part(text, verb.end(), end), group, with) {
            Some(Object::Other) => return false,
            Some(Object::Information) => return !cookie,
            None => {}
        }
    }
    !cookie && hits.iter().any(|hit| near(&hit) && !(manages && permission(hit)))
}

/// Characters of a verb in an enumeration of several.
const VERB: usize = 4;

/// What a verb is done to.
enum Object {
    Information,
    Other,
}

/// What stands behind a verb and others that share its object, up to the next member of an enumeration; nothing where the
/// verb is a noun ("requests of deletion") or its object stands before it, and where it is nothing that is known.
fn object(behind: &str, right: Group, with: Group) -> Option<Object> {
    let mut rest = behind;
    loop {
        rest = rest.trim_start_matches(|c| is_blank(c) || is_closing(c) || is_opening(c) || c == '/');
        let near = head(rest, 4);
        let words =
            Reading::only(near, keys!("right.").map(|key| key.1).chain([group!("way.or"), group!("grant.nominal")]));
        let starts = |group: Group| words.of(group).iter().filter(|hit| hit.start() == 0).map(Hit::end).max();
        if rest.is_empty() || starts(group!("grant.nominal")).is_some() {
            return None;
        }
        let shared = keys!("right.").filter_map(|key| starts(key.1)).chain(starts(group!("way.or"))).max();
        match shared {
            Some(end) => rest = part(rest, end, rest.len()),
            None => break,
        }
    }
    let own = Reading::new(part(rest, 0, rest.find('\u{3001}').unwrap_or(rest.len())));
    // A verb that no list has shares its object, too: "look up, browse, delete your data".
    if own.text.len() < rest.len() && count(own.text) <= VERB && !own.has(with) {
        let further =
            Reading::only(part(rest, own.text.len(), rest.len()), keys!("right.").map(|key| key.1).chain([with]));
        let verb = keys!("right.").filter_map(|key| further.of(key.1).first()).map(Hit::start).min();
        if verb.is_some_and(|verb| further.of(with).iter().any(|hit| hit.start() > verb)) {
            return Some(Object::Information);
        }
    }
    // "The rules on protecting your information": what is looked at is a text.
    let first = own.of(with).first().map(Hit::start);
    let text = own.of(group!("grant.text")).first().map(Hit::start);
    if text.is_some_and(|text| first.is_none_or(|first| text < first)) {
        return Some(Object::Other);
    }
    if own.text.is_empty() || first.is_some() {
        return Some(Object::Information);
    }
    // What is corrected and deleted is information, known or not; anything may be looked at.
    let any = [group!("right.access"), group!("right.copy")].contains(&right);
    if with != group!("grant.object") || own.has(group!("grant.other")) {
        return Some(Object::Other);
    }
    // Pictures may be anybody's: those of the reader are meant where that is said.
    let item = own.has(group!("grant.content")) || keys!("item.").any(|item| own.has(item.1));
    let theirs = own.has(group!("grant.reader")) || own.has(group!("grant.was"));
    match (item, theirs) {
        (true, true) => Some(Object::Information),
        (true, false) => None,
        _ => any.then_some(Object::Other),
    }
}

/// The way of a clause that belongs to what stands at a place: the nearest exact one, else the nearest in words.
fn way(policy: &Policy<'_>, clause: usize, at: Option<usize>) -> Option<ways::Way> {
    let text = policy.text(clause);
    let mut found = ways::ways(text);
    // What we do "through …" is no way for you.
    let ours = policy.hits(clause, group!("grant.company"));
    found.retain(|way| {
        let stretch = part(text, 0, way.start).rfind(is_stop).unwrap_or(0);
        let next = ours.partition_point(|hit| hit.start() < stretch);
        way.exact || ours.get(next).is_none_or(|hit| hit.start() >= way.start)
    });
    if let Some(at) = at {
        found = found.into_iter().filter_map(|way| ways::up_to(text, way, at)).collect();
    }
    for way in found.iter_mut().filter(|way| !way.exact) {
        *way = cut(policy, clause, *way);
    }
    found.sort_unstable_by_key(|way| way.start);
    let found = ways::joined(text, found);
    // "The page “Close your account”, by “Me” – “Settings”": a label that is the right's own name comes last.
    let distance = |way: &ways::Way| {
        let own = at.is_some_and(|at| way.exact && (way.start..way.end).contains(&at));
        let named = own && ways::is_label(part(text, way.start, way.end));
        let far = at.map_or(way.start, |at| if way.end <= at { at - way.end } else { way.start.saturating_sub(at) });
        (named, far)
    };
    let nearest = |exact: bool| found.iter().filter(|way| way.exact == exact).min_by_key(|way| distance(way)).copied();
    nearest(true).or_else(|| nearest(false))
}

/// A way in words without the next thing that can be done behind it: "by calling us (look at your information)". What the
/// words for a means close, or quotes, is part of it: "by deleting …, or by other means".
fn cut(policy: &Policy<'_>, clause: usize, way: ways::Way) -> ways::Way {
    let text = policy.text(clause);
    let words = part(text, way.start, way.end);
    let means = Reading::only(words, [group!("way.means")]);
    let means = way.start + means.of(group!("way.means")).last().map_or(0, Hit::start);
    let verbs = RIGHTS.iter().filter_map(|(_, verb, _)| {
        let hits = policy.hits(clause, *verb);
        hits.get(hits.partition_point(|hit| hit.start() <= way.start)).map(Hit::start)
    });
    let Some(verb) = verbs.min().filter(|verb| (means..way.end).contains(verb)) else { return way };
    ways::up_to(text, way, verb).unwrap_or(way)
}

/// Whether the line that introduces the clause says that you may.
fn lead_grants(policy: &Policy<'_>, clause: usize) -> bool {
    let place = policy.clauses.get(clause);
    let lead = place.and_then(Clause::lead);
    let lead = lead.filter(|_| place.is_some_and(|c| c.kind == Kind::Item));
    lead.map(|lead| Said::of(policy, lead)).is_some_and(|said| said.offers() && !said.refuses)
}

impl Policy<'_> {
    /// Whether a section's own title names a right, and not what is done to the policy.
    fn titled(&self, section: usize, right: Group, with: Option<Group>) -> bool {
        let words = |group| self.tokens.title_has(section, group);
        words(right)
            && !words(group!("grant.policy"))
            && with.is_none_or(|with| words(with) || self.headed_section(section, group!("right.heading")))
    }
}
