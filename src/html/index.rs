//! View → who stands where: sections by parent, clauses by section, and what a place is called.

use super::{Element, Look};
use crate::lexicon::messages::Messages;
use crate::view::{ClauseView, MarkView, SectionView, TableView, View};

/// Deeper sections are shown beside their parent: no reader needs more, and no source can make the page's tree deep.
const DEEPEST: usize = 8;

/// Longest number of a place, in characters: longer ones say nothing.
const LONGEST_PLACE: usize = 8;

/// Which clauses a legend counts, steps through and switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sensitive,
    Bold,
    Attention,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Sensitive, Kind::Bold, Kind::Attention];

    /// As in class names, messages and the attribute `highlight`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Sensitive => "sensitive",
            Kind::Bold => "bold",
            Kind::Attention => "attention",
        }
    }
}

/// Who stands where in a view: made once, and linear in it.
pub struct Order {
    /// Indices of the outermost sections.
    pub roots: Vec<usize>,
    /// For each section, the indices of those in it.
    pub children: Vec<Vec<usize>>,
    /// For each section, its own clauses: before the sections in it, between them and behind them.
    clauses: Vec<Vec<usize>>,
    /// For each section, the number of the first clause that stands in it or behind its heading.
    starts: Vec<usize>,
    /// Clauses that name no section of the outline.
    loose: Vec<usize>,
    /// For each section, its tables without a row: no clause says where they stand.
    bare: Vec<Vec<usize>>,
    /// For each clause, the rules that rest on it, from the points and the marks.
    rules: Vec<Vec<&'static str>>,
    parents: Vec<Option<usize>>,
    /// For each section, how deep it stands; 1 for the outermost.
    pub depths: Vec<usize>,
    /// For each section, its clauses worth attention, those of inner sections included.
    pub alarms: Vec<usize>,
}

/// A view with its order, and how it is shown.
pub struct Index<'a> {
    pub view: &'a View,
    pub messages: &'a Messages,
    pub order: &'a Order,
    /// Stands before every id and fragment.
    pub prefix: &'a str,
    /// Whether there is a script that answers to buttons.
    pub controls: bool,
    /// The standard by which something is sensitive, or `""`.
    standard: &'a str,
}

/// Where a link of the card leads.
pub struct Place<'a> {
    /// The printed numbers, `一（一）`; `""` where there are none or too many.
    pub number: String,
    /// The title of the innermost section.
    pub title: &'a str,
}

/// Ids are numbered in order: `s0`, `c0`. (Sorted maps for them would add 20 KiB to the module.)
fn number(id: &str) -> Option<usize> {
    id.get(1..)?.parse().ok()
}

impl Order {
    /// Of a view.
    #[must_use]
    pub fn of(view: &View) -> Self {
        let place = |id: &str| number(id).filter(|i| view.sections.get(*i).is_some_and(|s| s.id == id));
        let mut depths: Vec<usize> = Vec::with_capacity(view.sections.len());
        let mut parents: Vec<Option<usize>> = Vec::with_capacity(view.sections.len());
        let mut children = vec![Vec::new(); view.sections.len()];
        let mut roots = Vec::new();
        for (i, section) in view.sections.iter().enumerate() {
            // A parent stands before its children; anything else is no parent.
            let mut parent = section.parent.as_deref().and_then(place).filter(|p| *p < i);
            if let Some(p) = parent
                && depths.get(p).is_some_and(|d| *d >= DEEPEST)
            {
                parent = parents.get(p).copied().flatten();
            }
            depths.push(parent.and_then(|p| depths.get(p)).map_or(1, |d| d + 1));
            parents.push(parent);
            match parent.and_then(|p| children.get_mut(p)) {
                Some(siblings) => siblings.push(i),
                None => roots.push(i),
            }
        }
        let mut clauses = vec![Vec::new(); view.sections.len()];
        let mut loose = Vec::new();
        let mut rules: Vec<Vec<&'static str>> = vec![Vec::new(); view.clauses.len()];
        for (at, (clause, own)) in view.clauses.iter().zip(&mut rules).enumerate() {
            match place(&clause.section).and_then(|s| clauses.get_mut(s)) {
                Some(list) => list.push(at),
                None => loose.push(at),
            }
            // What speaks for the policy is on the card; in the text only the other points are marked.
            let attention = clause.marks.iter().filter(|m| m.kind == "attention").filter_map(|m| m.rule);
            for rule in attention.filter(|r| !view.good.iter().any(|p| p.rule == *r)) {
                add(own, rule);
            }
        }
        for point in &view.attention {
            for id in &point.evidence {
                if let Some(own) = number(id).and_then(|i| rules.get_mut(i)) {
                    add(own, point.rule);
                }
            }
        }
        let mut starts = vec![view.clauses.len(); view.sections.len()];
        let mut next = view.clauses.len();
        for (own, start) in clauses.iter().zip(&mut starts).rev() {
            next = own.first().map_or(next, |first: &usize| *first.min(&next));
            *start = next;
        }
        let mut bare = vec![Vec::new(); view.sections.len()];
        for (at, table) in view.tables.iter().enumerate().filter(|(_, t)| t.rows.is_empty()) {
            if let Some(list) = place(&table.section).and_then(|s| bare.get_mut(s)) {
                list.push(at);
            }
        }
        let mut alarms = vec![0; view.sections.len()];
        for (clause, _) in view.clauses.iter().zip(&rules).filter(|(_, rules)| !rules.is_empty()) {
            let mut at = place(&clause.section);
            while let Some(section) = at {
                if let Some(count) = alarms.get_mut(section) {
                    *count += 1;
                }
                at = parents.get(section).copied().flatten();
            }
        }
        Self { roots, children, clauses, starts, loose, bare, rules, parents, depths, alarms }
    }
}

impl<'a> Index<'a> {
    pub fn new(view: &'a View, messages: &'a Messages, order: &'a Order) -> Self {
        Self { view, messages, order, prefix: "", controls: false, standard: "" }
    }

    /// The clauses of a section's own.
    pub fn own(&self, section: usize) -> Vec<&'a ClauseView> {
        self.all(self.order.clauses.get(section))
    }

    /// Clauses that name no section of the outline.
    pub fn loose(&self) -> Vec<&'a ClauseView> {
        self.all(Some(&self.order.loose))
    }

    fn all(&self, clauses: Option<&Vec<usize>>) -> Vec<&'a ClauseView> {
        clauses.into_iter().flatten().filter_map(|at| self.view.clauses.get(*at)).collect()
    }

    /// The tables of a section that have no row.
    pub fn bare(&self, section: usize) -> impl Iterator<Item = &'a TableView> {
        self.order.bare.get(section).into_iter().flatten().filter_map(|at| self.view.tables.get(*at))
    }

    pub fn clause(&self, id: &str) -> Option<&'a ClauseView> {
        self.view.clauses.get(number(id)?).filter(|c| c.id == id)
    }

    /// How many of some clauses in order stand before a section; all where there is none.
    pub fn before(&self, clauses: &[&ClauseView], section: Option<&usize>) -> usize {
        let Some(start) = section.and_then(|s| self.order.starts.get(*s)) else { return clauses.len() };
        clauses.partition_point(|c| number(&c.id).is_some_and(|n| n < *start))
    }

    pub fn section(&self, index: usize) -> Option<&'a SectionView> {
        self.view.sections.get(index)
    }

    /// With the ids and the controls that a page asked for.
    pub fn shown_by(self, look: &'a Look) -> Self {
        Self { prefix: &look.prefix, controls: look.controls, standard: &look.standard, ..self }
    }

    /// An id of the page for one of ours.
    pub fn id(&self, own: &str) -> String {
        format!("{}{own}", self.prefix)
    }

    /// An element with the policy's own words, which may be in another language than the labels around it.
    pub fn own_words(&self, element: Element) -> Element {
        let lang = self.view.meta.language;
        if lang.is_empty() || lang == self.messages.lang { element } else { element.with("lang", lang) }
    }

    /// The fragment that leads there.
    pub fn fragment(&self, own: &str) -> String {
        format!("#{}{own}", self.prefix)
    }

    /// The title that a reader sees.
    pub fn title(&self, section: &'a SectionView) -> &'a str {
        if section.implicit && section.title.is_empty() {
            self.messages.text("section.introduction")
        } else {
            &section.title
        }
    }

    /// The policy's title, or what such a text is called.
    pub fn policy_title(&self) -> &'a str {
        let title = self.view.meta.title.as_str();
        if title.is_empty() { self.messages.text("policy.untitled") } else { title }
    }

    /// The attention rules that rest on a clause.
    pub fn own_rules(&self, clause: &str) -> &'a [&'static str] {
        number(clause).and_then(|i| self.order.rules.get(i)).map_or(&[], Vec::as_slice)
    }

    /// Their titles, or `None`.
    pub fn rules(&self, clause: &str) -> Option<String> {
        let rules = Some(self.own_rules(clause)).filter(|r| !r.is_empty())?;
        let titles: Vec<_> = rules.iter().map(|r| self.messages.title("rule", r)).collect();
        Some(self.messages.join("list.comma", &titles))
    }

    pub fn count(&self, kind: Kind) -> usize {
        self.view.clauses.iter().filter(|c| self.has(c, kind)).count()
    }

    pub fn has(&self, clause: &ClauseView, kind: Kind) -> bool {
        match kind {
            Kind::Sensitive => clause.marks.iter().any(|m| self.sensitive(m)),
            Kind::Bold => !clause.bold.is_empty(),
            Kind::Attention => !self.own_rules(&clause.id).is_empty(),
        }
    }

    /// Whether a mark is of what is sensitive under the chosen standard.
    pub fn sensitive(&self, mark: &MarkView) -> bool {
        mark.kind == "sensitive" && (self.standard.is_empty() || mark.standards.contains(&self.standard))
    }

    /// For a section, its sensitive clauses, those of inner sections included.
    pub fn sensitives(&self, at: usize) -> usize {
        let Some(section) = self.section(at) else { return 0 };
        if self.standard.is_empty() {
            return section.sensitive;
        }
        let own = self.own(at).iter().filter(|c| self.has(c, Kind::Sensitive)).count();
        own + self.order.children.get(at).map_or(0, |inner| inner.iter().map(|at| self.sensitives(*at)).sum())
    }

    /// Where a clause stands.
    pub fn place(&self, clause: &str) -> Option<Place<'a>> {
        let id = &self.clause(clause)?.section;
        let nowhere = Place { number: String::new(), title: self.messages.text("card.source") };
        let Some(mut at) = number(id) else { return Some(nowhere) };
        let Some(own) = self.section(at).filter(|s| s.id == *id) else { return Some(nowhere) };
        let mut label = own.number.clone();
        let mut outermost = true;
        while let Some(parent) = self.order.parents.get(at).copied().flatten() {
            at = parent;
            let number = self.section(at).map_or("", |s| s.number.as_str());
            // `3.1` under `3` says it all already.
            let said = label.strip_prefix(number).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
            if label.is_empty() || number.is_empty() || said {
                continue;
            }
            outermost = false;
            let dot = number.ends_with(|c: char| c.is_ascii_digit()) && label.starts_with(|c: char| c.is_ascii_digit());
            label = format!("{number}{}{label}", if dot { "." } else { "" });
        }
        if outermost && !own.number.is_empty() {
            label.clone_from(&own.mark);
        }
        if label.chars().count() > LONGEST_PLACE {
            label.clear();
        }
        let title = if own.title.is_empty() && !own.implicit { own.number.as_str() } else { self.title(own) };
        Some(Place { number: label, title })
    }
}

/// Each rule once.
fn add(rules: &mut Vec<&'static str>, rule: &'static str) {
    if !rules.contains(&rule) {
        rules.push(rule);
    }
}
