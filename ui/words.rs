//! The sentences of the window, where every part of it finds them.

use std::ops::Deref;
use std::rc::Rc;

use ecosante_domain::text::{Language, Texts};
use yew::prelude::*;

/// The catalogue of the window in the language of the person.
#[derive(Clone, Debug)]
pub(crate) struct Words(Rc<Texts>);

impl Words {
    pub(crate) fn of(language: Language) -> Self {
        Self(Rc::new(Texts::of_window(language)))
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.0.language() == other.0.language()
    }
}

impl Deref for Words {
    type Target = Texts;

    fn deref(&self) -> &Texts {
        &self.0
    }
}

/// The sentences, in a part of the window.
#[hook]
pub(crate) fn use_words() -> Words {
    use_context().unwrap_or_else(|| Words::of(Language::default()))
}
