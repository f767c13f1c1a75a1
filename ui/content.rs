//! What comes from the shell and may take a moment: on its way, empty, there, or refused.

use std::future::Future;

use ecosante_domain::contract::ErrorBody;
use ecosante_domain::window::STARTING;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge::Reply;
use crate::local::{Shared, use_local};
use crate::words::Words;

/// Something that was asked of the shell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content<T> {
    /// On its way.
    Pending,
    /// There.
    Ready(T),
    /// Refused, with why.
    Failed(ErrorBody),
}

impl<T> Content<T> {
    /// What is there, if it is there.
    pub(crate) fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Pending | Self::Failed(_) => None,
        }
    }

    /// Takes a newer answer in. What is there stays when the newer answer is an error: an old list
    /// with its dates says more than none. A shell that is still starting has not answered yet.
    fn renewed(&self, answer: Reply<T>) -> Option<Self> {
        match answer {
            Ok(value) => Some(Self::Ready(value)),
            Err(error) if self.ready().is_some() || error.code == STARTING => None,
            Err(error) => Some(Self::Failed(error)),
        }
    }

    /// How it is shown. `ready` gives nothing where there is nothing to show: then `empty` is.
    pub(crate) fn show(
        &self,
        words: &Words,
        retry: &Callback<()>,
        empty: impl FnOnce() -> Html,
        ready: impl FnOnce(&T) -> Option<Html>,
    ) -> Html {
        match self {
            Self::Pending => pending(words),
            Self::Ready(value) => ready(value).unwrap_or_else(empty),
            Self::Failed(error) => failed(words, error, retry),
        }
    }
}

/// Asks when first shown and whenever `deps` change; what was there stays until the newer answer.
#[hook]
pub(crate) fn use_content<T, D, F, A>(deps: D, load: F) -> Content<Shared<T>>
where
    T: 'static,
    D: PartialEq + 'static,
    F: FnOnce() -> A + 'static,
    A: Future<Output = Reply<T>> + 'static,
{
    let content = use_local(|| Content::<Shared<T>>::Pending);
    let latest = use_mut_ref(|| 0_u32);
    {
        let content = content.clone();
        use_effect_with(deps, move |_| {
            let turn = {
                let mut latest = latest.borrow_mut();
                *latest += 1;
                *latest
            };
            spawn_local(async move {
                let answer = load().await.map(Shared::new);
                if *latest.borrow() == turn
                    && let Some(newer) = content.get().renewed(answer)
                {
                    content.set(newer);
                }
            });
        });
    }
    content.get()
}

/// A quiet outline of what is on its way.
pub(crate) fn pending(words: &Words) -> Html {
    html! {
        <div class="pending" role="status">
            <span class="visually-hidden">{ words.get("pending") }</span>
            <span class="pending-line wide"></span>
            <span class="pending-line"></span>
            <span class="pending-block"></span>
        </div>
    }
}

/// One sentence, and the way out.
pub(crate) fn failed(words: &Words, error: &ErrorBody, retry: &Callback<()>) -> Html {
    let onclick = retry.reform(|_: MouseEvent| ());
    html! {
        <div class="failed" role="alert">
            <p class="lead">{ sentence(words, error) }</p>
            <button type="button" class="button" {onclick}>{ words.get("try-again") }</button>
        </div>
    }
}

/// An error as one sentence.
pub(crate) fn sentence(words: &Words, error: &ErrorBody) -> String {
    if error.message.is_empty() { words.get("went-wrong") } else { error.message.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::error;

    #[test]
    fn a_shell_that_is_starting_is_waited_for() {
        let pending = Content::<u8>::Pending;
        assert_eq!(pending.renewed(Err(error(STARTING))), None);
        let failed = Content::Failed(error("no-such-alert"));
        assert_eq!(pending.renewed(Err(error("no-such-alert"))), Some(failed));
    }

    #[test]
    fn what_is_there_stays_when_it_cannot_be_asked_again() {
        assert_eq!(Content::Ready(1).renewed(Err(error("store-damaged"))), None);
        assert_eq!(Content::Ready(1).renewed(Ok(2)), Some(Content::Ready(2)));
    }
}
