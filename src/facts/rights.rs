//! Clauses and headings → what a reader may ask for, and the ways that are printed to do so.
//!
//! A right's verb nominates; it is granted where the last that is said before it is that *you* may, or that we offer it to
//! you. What the company may, what is refused and what is only named grants nothing.

use super::{Evidenced, Facts, Policy, head, ways};
use crate::clauses::{Clause, Kind};
use crate::lexicon::{Group, Hit, Reading, group, set};
use crate::numbering;
use crate::practices::Practice;
use crate::text::{
    count, first, has, is_blank, is_colon, is_comma, is_semicolon, is_terminal, last, part, trim, trim_end,
};

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
const NEAR: usize = 90;
/// Characters of a quotation that says how.
const LONGEST: usize = 220;
/// Ways that are told of a right.
const WAYS: usize = 3;
/// Characters of an item that holds little but a right's name.
const ALONE: usize = 16;
/// Clauses behind a lead-in, or under a heading, that are its steps.
const STEPS: usize = 12;

pub(super) fn read(policy: &Policy<'_>, facts: &mut Facts) {
    let mut said: Vec<Said> = (0..policy.len()).map(|clause| Said::of(policy, clause)).collect();
    continued(policy, &mut said);
    for (right, group, with) in RIGHTS {
        let mut grants: Vec<Grant> = Vec::new();
        // What the headings say is asked once a section.
        let (mut section, mut headed, mut named) = (None, false, false);
        for (clause, place) in policy.clauses.iter().enumerate() {
            if policy.is_row(clause) || policy.practices.terms(clause) {
                continue;
            }
            if section != Some(place.section()) {
                section = Some(place.section());
                headed = policy.titled(place.section(), group, with);
                named = headed && policy.headed(clause, group!("right.heading"));
            }
            let Some(said) = said.get(clause) else { continue };
            let grant = grant(policy, clause, said, group, with, headed, named);
            if let Some(grant) = grant.filter(|_| grants.len() < MOST) {
                grants.push(grant);
            }
        }
        facts.rights.extend(best(policy, right, &grants));
    }
}

/// "Parents may … ; or may write to us to …": a part of a sentence behind a semicolon goes on with whoever may.
fn continued(policy: &Policy<'_>, said: &mut [Said]) {
    for clause in 1..said.len() {
        let before = trim_end(policy.text(clause - 1), is_blank);
        let mark = said.get(clause - 1).and_then(|before| before.marks.last()).map(|mark| mark.1);
        let Some(own) = said.get_mut(clause) else { continue };
        let joins = set!("grant.may", "adverbs").contains(first(policy.text(clause)));
        let bare = own.marks.is_empty() && joins && !own.refuses;
        if bare && is_semicolon(last(before)) && policy.same_block(clause - 1, clause) {
            own.marks.extend(mark.map(|who| (0, who)));
        }
    }
}

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
    /// A path or an address, words, or nothing.
    way: Option<(ways::Way, bool)>,
}

/// Best is what says how in a section named after the right, then what says how, then what grants it there, then the first.
fn best(policy: &Policy<'_>, right: &'static str, grants: &[Grant]) -> Option<Evidenced<Right>> {
    let rank = |grant: &Grant| {
        (grant.way.is_some(), grant.headed, grant.way.is_some_and(|(way, _)| way.exact), grant.direct, grant.plain)
    };
    let mut order: Vec<&Grant> = grants.iter().collect();
    order.sort_by_key(|grant| std::cmp::Reverse(rank(grant)));
    let top = *order.first()?;
    let told = order.iter().filter(|grant| grant.way.is_some()).take(WAYS).copied();
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
    let how = (!quotes.is_empty()).then(|| quotes.join("\u{ff1b}"));
    // "In the following way" points to the way and is none.
    let way = top.way.map(|(way, _)| trim(part(policy.text(top.clause), way.start, way.end)));
    let way = way.filter(|way| !Reading::only(way, [group!("lead")]).has(group!("lead"))).map(str::to_string);
    let way = steps(policy, top.clause).or(way);
    let mut found = Evidenced::new(Right { right, how, way }, top.clause);
    for grant in order.iter().skip(1).take(2).filter(|grant| grant.way.is_some()) {
        found.add(grant.clause);
    }
    Some(found)
}

/// The path that numbered steps lead along, one label a step: those that a clause introduces, or among which it stands.
fn steps(policy: &Policy<'_>, clause: usize) -> Option<String> {
    let section = policy.clauses.get(clause)?.section();
    let number = |at: usize| numbering::parse(policy.text(at)).map_or(0, |mark| mark.value);
    let leads = is_colon(last(trim_end(policy.text(clause), is_blank)));
    let steps = policy.headed(clause, group!("way.steps")) || policy.has(clause, group!("way.steps"));
    // Among steps, the first one is as many clauses before as its number says.
    let from = if leads { clause + 1 } else { clause.checked_sub(number(clause).checked_sub(1)? as usize)? };
    let mut labels: Vec<&str> = Vec::new();
    for at in from..policy.len().min(from + STEPS) {
        let text = policy.text(at);
        let inside = policy.clauses.get(at).is_some_and(|c| c.section() == section);
        // What says that you may is a right of its own, no step.
        if number(at) as usize != labels.len() + 1 || !inside || policy.has(at, group!("grant.reader")) {
            break;
        }
        let mut found = ways::ways(text).into_iter().filter(|way| way.exact);
        let (Some(way), None) = (found.next(), found.next()) else { break };
        labels.push(part(text, way.start, way.end));
    }
    let among = leads && steps || !leads && from + labels.len() > clause;
    (labels.len() >= 2 && among).then(|| labels.join(" \u{203a} "))
}

/// The words of a clause that grant and say how; a lead-in with its steps.
fn quote(policy: &Policy<'_>, grant: &Grant) -> String {
    let text = ways::bare(policy.text(grant.clause));
    let mut quote = head(trim_end(text, |c| is_blank(c) || is_terminal(c)), LONGEST).to_string();
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
    let hits: Vec<Hit> = policy.hits(clause, group).iter().filter(|hit| !done(hit) && !fills(hit)).copied().collect();
    if hits.is_empty() && !policy.hits(clause, group).is_empty() && !headed {
        return None;
    }
    let about = |at: usize| with.is_none_or(|with| is_about(policy, clause, group, with, at));
    let direct = hits.iter().any(|hit| about(hit.start()) && said.may(hit.start()));
    // An item that is more than the right's name says what it is about.
    let named_alone = count(text) <= ALONE;
    let led = hits.iter().any(|hit| named_alone || about(hit.start()))
        && said.marks.is_empty()
        && !said.refuses
        && lead_grants(policy, clause);
    let way = way(policy, clause, hits.first().map(Hit::start));
    // Under a heading that names it, whoever says that you may, or how, grants it.
    let under = headed && !said.refuses && (said.offers() || way.is_some()) && (named || said.offers());
    let asks = hits.iter().any(|hit| about(hit.start()) && said.asks(hit.start())) && !said.refuses && way.is_some();
    (direct || led || under || asks || named && !said.refuses).then_some(Grant {
        clause,
        headed,
        direct: direct || led,
        plain: policy.has(clause, group!("grant.may")),
        way: way.filter(|_| direct || led || under || asks),
    })
}

/// Whether what follows a right's verb says that it has been done, or when: "(the account) was closed", "after …".
fn is_done(behind: &str) -> bool {
    let near = Reading::only(head(behind, DONE), [group!("grant.done"), group!("grant.object")]);
    let object = near.of(group!("grant.object")).last().map_or(0, Hit::end);
    near.of(group!("grant.done")).iter().any(|done| done.start() == 0 || done.start() == object)
}

/// Characters of a verb's object and of what says that it was done.
const DONE: usize = 10;

/// Whether a right's word at a place is about information: the next thing that is named, or else one before it.
fn is_about(policy: &Policy<'_>, clause: usize, group: Group, with: Group, at: usize) -> bool {
    let hits = policy.hits(clause, with);
    let near = |hit: &&Hit| hit.start() + NEAR >= at && hit.start() <= at + NEAR;
    // A permission is managed, not corrected or looked into.
    let manages = [group!("right.access"), group!("right.correct"), group!("right.supplement")].contains(&group);
    let text = policy.text(clause);
    let (_, end) = policy.tokens.clause(clause).stretch(at);
    let next = hits.iter().find(|hit| hit.start() > at && hit.start() < end);
    let permission = |hit: &Hit| {
        let words = part(text, hit.start(), hit.end());
        Reading::only(words, [group!("grant.consent")]).has(group!("grant.consent"))
    };
    if manages && next.is_some_and(permission) {
        return false;
    }
    // What a browser keeps is refused, not deleted.
    let cookie = group == group!("right.delete") && policy.has(clause, group!("cookie"));
    !cookie && hits.iter().any(|hit| near(&hit) && !(manages && permission(hit)))
}

/// The way of a clause that belongs to what stands at a place: the nearest exact one, else the nearest in words.
fn way(policy: &Policy<'_>, clause: usize, at: Option<usize>) -> Option<(ways::Way, bool)> {
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
    let distance = |way: &ways::Way| {
        at.map_or(way.start, |at| if way.end <= at { at - way.end } else { way.start.saturating_sub(at) })
    };
    let nearest = |exact: bool| {
        found.iter().filter(|way| way.exact == exact).min_by_key(|way| distance(way)).map(|way| (*way, exact))
    };
    nearest(true).or_else(|| nearest(false))
}

/// Whether the line that introduces the clause says that you may.
fn lead_grants(policy: &Policy<'_>, clause: usize) -> bool {
    let place = policy.clauses.get(clause);
    let lead = place.and_then(Clause::lead);
    let lead = lead.filter(|_| place.is_some_and(|c| c.kind == Kind::Item));
    lead.map(|lead| Said::of(policy, lead)).is_some_and(|said| said.offers() && !said.refuses)
}

/// Who may, at a place of a clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum May {
    You,
    Company,
}

/// What a clause says of who may.
struct Said {
    /// By place.
    marks: Vec<(usize, May)>,
    /// Places of what denies.
    denied: Vec<usize>,
    /// Requests are not answered.
    refuses: bool,
    /// Ends of "if you want …".
    asked: Vec<usize>,
    /// Places of "the right to".
    rights: Vec<usize>,
    /// Where somebody is named, and whether it is you.
    readers: Vec<(usize, bool)>,
}

/// Bytes at the start of a clause that are the topic of what follows.
const TOPIC: usize = 60;

/// The words of a clause on who may, by place.
fn tokens(policy: &Policy<'_>, clause: usize) -> Vec<(usize, usize, Token)> {
    let kinds = [
        (group!("grant.reader"), Token::You),
        (group!("grant.company"), Token::Company),
        (group!("grant.may"), Token::May),
        (group!("grant.offer"), Token::Offer),
        (group!("grant.provide"), Token::Provide),
        (group!("grant.cedes"), Token::Cedes),
    ];
    let mut tokens = Vec::new();
    for (group, token) in kinds {
        tokens.extend(policy.hits(clause, group).iter().map(|hit| (hit.start(), hit.end(), token)));
    }
    tokens.sort_unstable_by_key(|token| (token.0, std::cmp::Reverse(token.1)));
    tokens
}

/// "To you", "your …": no subject.
fn is_object(before: &str, behind: &str) -> bool {
    let governs = set!("grant.reader", "governs");
    let of = set!("product.after", "of");
    governs.contains(last(before)) && !before.is_empty() || of.starts_with(first(behind)) && !behind.is_empty()
}

/// Ends of a stretch.
fn is_stop(c: char) -> bool {
    is_comma(c) || is_terminal(c)
}

fn is_parted(text: &str) -> bool {
    has(text, is_stop)
}

/// What stands behind the last comma, adverbs aside.
fn last_stretch(before: &str) -> &str {
    let stretch = part(
        before,
        before.rfind(is_stop).map_or(0, |at| at + first(part(before, at, before.len())).len_utf8()),
        before.len(),
    );
    let adverbs = set!("grant.may", "adverbs");
    stretch.trim_matches(|c| adverbs.contains(c) || is_blank(c))
}

/// Whether a subject reaches over the text between it and its verb: a few words, or stretches of which the last leaves the
/// subject out.
fn reaches(between: &str) -> bool {
    if is_parted(between) { last_stretch(between).is_empty() } else { count(between) <= SUBJECT }
}

/// Characters between a subject and what it may.
const SUBJECT: usize = 10;

impl Said {
    /// Reads a clause.
    fn of(policy: &Policy<'_>, clause: usize) -> Self {
        let text = policy.text(clause);
        let mut said = Self {
            marks: Vec::new(),
            denied: policy.hits(clause, group!("grant.not")).iter().map(Hit::start).collect(),
            asked: policy.hits(clause, group!("grant.please")).iter().map(Hit::end).collect(),
            rights: policy.hits(clause, group!("grant.right")).iter().map(Hit::start).collect(),
            readers: Vec::new(),
            refuses: policy.has(clause, group!("grant.refuse")),
        };
        let mut subject: Option<(May, usize)> = None;
        let mut may: Option<usize> = None;
        for (start, end, token) in tokens(policy, clause) {
            if matches!(token, Token::You | Token::Company) {
                said.readers.push((start, token == Token::You));
            }
            let (before, behind) = (part(text, 0, start), part(text, end, text.len()));
            match token {
                Token::You | Token::Company if is_object(before, behind) => {}
                Token::You => subject = Some((May::You, end)),
                // Who is asked or told is no subject: "you may ask us …".
                Token::Company if said.marks.last().is_some_and(|mark| !is_parted(part(text, mark.0, start))) => {}
                Token::Company => subject = Some((May::Company, end)),
                // "You agree that Example has …": it is not you who has.
                Token::Cedes => {
                    let agrees = subject
                        .is_some_and(|(_, from)| from <= start && last_stretch(part(text, from, start)).is_empty());
                    subject = subject.filter(|_| !agrees);
                }
                Token::Offer => said.marks.push((end, May::You)),
                Token::Provide => {
                    let stretch = part(behind, 0, behind.find(is_stop).unwrap_or(behind.len()));
                    if Reading::only(head(stretch, 60), [group!("grant.means")]).has(group!("grant.means")) {
                        said.marks.push((end, May::You));
                    }
                }
                Token::May => {
                    let who = subject.filter(|(_, from)| reaches(part(text, *from, start)));
                    // "(You) may at any time …": one word for it right behind another.
                    let omitted = last_stretch(before).is_empty() || may == Some(start);
                    may = Some(end);
                    let who = match (who, said.marks.last()) {
                        (Some(who), _) => who.0,
                        // "Example may …, and may …": the same one, whoever that is.
                        (None, Some(mark)) if omitted => mark.1,
                        (None, _) if omitted && policy.headed(clause, group!("right.heading")) => May::You,
                        (None, _) => May::Company,
                    };
                    said.marks.push((end, who));
                }
            }
        }
        said
    }

    /// Whether you may do what stands at a place.
    fn may(&self, at: usize) -> bool {
        // "Your right to …": whoever was named last before.
        let next = self.rights.partition_point(|right| *right < at);
        let named =
            self.readers.partition_point(|reader| reader.0 < at).checked_sub(1).and_then(|last| self.readers.get(last));
        let marked = self.marks.partition_point(|mark| mark.0 <= at);
        let mark = marked.checked_sub(1).and_then(|last| self.marks.get(last));
        // "Example reserves the right to …": whoever is named between.
        let reserved = mark.is_some_and(|mark| mark.1 == May::Company);
        if self.rights.get(next).is_some_and(|right| *right - at <= NEAR)
            && named.is_some_and(|named| named.1)
            && !self.refuses
            && !reserved
        {
            return true;
        }
        let Some((from, who)) = mark.or_else(|| self.marks.first().filter(|_| at <= TOPIC)) else { return false };
        // What opens the clause is the topic of what follows.
        let topic = mark.is_none();
        let denied = !topic && self.denied.iter().any(|denied| denied >= from && *denied < at);
        *who == May::You && !denied && !(self.refuses && topic)
    }

    /// Whether the reader is told what to do who wants what stands at a place.
    fn asks(&self, at: usize) -> bool {
        self.asked.iter().any(|asked| *asked <= at && at - asked <= NEAR)
    }

    /// Whether you may anything.
    fn offers(&self) -> bool {
        self.marks.iter().any(|mark| mark.1 == May::You)
    }
}

/// A word on who may.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    You,
    Company,
    May,
    Offer,
    Provide,
    Cedes,
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
