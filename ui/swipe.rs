//! A finger that wipes to the side, where arrow keys go from one to the next.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use yew::prelude::*;

/// How far a finger has to go to the side, in CSS pixels: less is a tap that slipped.
const FAR: i32 = 64;

/// Where a wipe of its own has a meaning: sliders, and what is wider than the screen.
const OF_ITS_OWN: &str = "input, select, textarea, summary, .wide-table, .tabs, [role=slider]";

/// Whether a finger wants what is before or what is after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
}

/// What a finger that went so far wants; nothing where it rather went up or down.
fn side(across: i32, down: i32) -> Option<Side> {
    let meant = across.abs() >= FAR && across.abs() > 2 * down.abs();
    meant.then_some(if across > 0 { Side::Before } else { Side::After })
}

/// What to do when a finger comes down and goes up, so that `wiped` is called when it wiped.
#[hook]
pub(crate) fn use_swipe(
    wiped: impl Fn(Side) + 'static,
) -> (Callback<TouchEvent>, Callback<TouchEvent>) {
    let from = use_mut_ref(|| None::<(i32, i32)>);
    let down = {
        let from = Rc::clone(&from);
        Callback::from(move |event: TouchEvent| {
            let touches = event.touches();
            let elsewhere = event.target().is_some_and(|target| {
                let element = target.dyn_ref::<web_sys::Element>();
                element.is_some_and(|it| it.closest(OF_ITS_OWN).ok().flatten().is_some())
            });
            let first = touches.get(0).filter(|_| touches.length() == 1 && !elsewhere);
            *from.borrow_mut() = first.map(|touch| (touch.client_x(), touch.client_y()));
        })
    };
    let up = Callback::from(move |event: TouchEvent| {
        let Some((x, y)) = from.borrow_mut().take() else { return };
        let Some(touch) = event.changed_touches().get(0) else { return };
        if let Some(side) = side(touch.client_x() - x, touch.client_y() - y) {
            wiped(side);
        }
    });
    (down, up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finger_that_goes_to_the_left_wants_what_comes_after() {
        assert_eq!(side(-120, 10), Some(Side::After));
        assert_eq!(side(120, -10), Some(Side::Before));
    }

    #[test]
    fn a_tap_that_slips_and_a_finger_that_scrolls_want_nothing() {
        for (across, down) in [(0, 0), (-40, 0), (63, 0), (-120, 90), (80, -300)] {
            assert_eq!(side(across, down), None, "{across}, {down}");
        }
    }
}
