//! View → the reader and the card as a tree of elements, and from that as static, escaped HTML.
//!
//! The same tree becomes nodes in the browser (dom.rs) and text for pages without script ([`Node::markup`]), so that
//! both show the same. What a class or attribute looks like is said in www/reader.css.

mod card;
mod find;
mod index;
pub mod lists;
mod node;
mod outline;
mod tell;
mod tools;

pub use find::find;
pub use index::Order;
pub use node::{Element, Node, element};

use crate::lexicon::messages::Messages;
use crate::view::View;
use index::Index;

/// Which regions are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Card, contents and text.
    #[default]
    Reader,
    /// Contents and text.
    Outline,
    /// The card alone.
    Card,
}

/// Which sections stand open at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Open {
    /// No section.
    None,
    /// Every section of a short text, none of a longer one.
    #[default]
    Short,
    /// The outermost sections.
    First,
    /// Every section.
    All,
}

/// What an embedding page may choose.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// Which regions are shown.
    pub show: Show,
    /// Which sections stand open at first.
    pub open: Open,
    /// Address of the page that shows the whole policy; `""` for this page. Card links lead there.
    pub href: String,
    /// With the controls that need a script: legend, search, expand and collapse.
    pub controls: bool,
    /// The card's first tier alone.
    pub compact: bool,
    /// Sensitive is what this standard calls so; `""`: what the law or any standard does.
    pub standard: String,
    /// Stands before every id and fragment, so that two readers on a page do not meet; `""` for a page's only one.
    pub prefix: String,
}

/// The reader: card, tools, contents and text, as far as `look` asks for them.
#[must_use]
pub fn reader(view: &View, messages: &Messages, look: &Look) -> Node {
    Shown::new(view, messages, look, &Order::of(view)).reader()
}

fn whole(index: &Index, look: &Look) -> Node {
    let (view, messages) = (index.view, index.messages);
    let root = element("div").class("reader").with("part", "reader").with("lang", messages.lang);
    let card = match view.meta.no_policy() {
        // The element itself says what is wrong, with ways out.
        Some(_) if look.controls => None,
        Some(why) => Some(element("p").class("note").text(&why.text)),
        None => Some(card::card(index, look)),
    };
    if look.show == Show::Card {
        let root = element("div").class("reader solo").with("part", "reader").with("lang", messages.lang);
        return root.children(card).into();
    }
    let mut main = element("div").class("main");
    if look.show == Show::Reader {
        main = main.children(card);
    }
    if !look.controls {
        let root = element("div").class("reader static").with("part", "reader").with("lang", messages.lang);
        return root.child(tools::contents(index)).child(main.child(outline::text(index, look))).into();
    }
    main = main.child(tools::toolbar(index)).child(outline::text(index, look)).child(tools::stepper(index));
    main = main.child(element("div").class("end")).child(tools::bottom(index));
    let root = root.children(tools::skip(index)).child(tools::contents(index)).child(main);
    root.child(tools::drawer(index)).child(tools::pop(index)).into()
}

/// What is shown of a view: at once, and what is made when it is wanted.
pub struct Shown<'a> {
    index: Index<'a>,
    look: &'a Look,
}

impl<'a> Shown<'a> {
    /// Of a view and its order.
    #[must_use]
    pub fn new(view: &'a View, messages: &'a Messages, look: &'a Look, order: &'a Order) -> Self {
        Self { index: Index::new(view, messages, order).shown_by(look), look }
    }

    /// The reader; with controls, closed sections are empty.
    #[must_use]
    pub fn reader(&self) -> Node {
        whole(&self.index, self.look)
    }

    /// What stands in a section, by its number.
    #[must_use]
    pub fn section(&self, section: usize) -> Vec<Node> {
        outline::body(&self.index, self.look, section)
    }

    /// What the tag of a clause says, in full; `None` for a clause that there is not.
    #[must_use]
    pub fn tag(&self, clause: &str) -> Option<Node> {
        tell::tell(&self.index, clause).map(Node::from)
    }
}

/// The card alone.
#[must_use]
pub fn card(view: &View, messages: &Messages, look: &Look) -> Node {
    reader(view, messages, &Look { show: Show::Card, ..look.clone() })
}

#[cfg(test)]
mod tests;
