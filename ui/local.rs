//! What a part of the window remembers for itself.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

/// A value that has its part drawn anew when it is set. Whoever holds it reads the newest, also from
/// a task that began before; compiled once for each type, it is a quarter of Yew's own.
pub(crate) struct Local<T> {
    value: Rc<RefCell<T>>,
    update: UseForceUpdateHandle,
}

impl<T> Clone for Local<T> {
    fn clone(&self) -> Self {
        Self { value: Rc::clone(&self.value), update: self.update.clone() }
    }
}

impl<T: Clone> Local<T> {
    pub(crate) fn get(&self) -> T {
        self.value.borrow().clone()
    }

    pub(crate) fn set(&self, value: T) {
        *self.value.borrow_mut() = value;
        self.update.force_update();
    }
}

/// Something to remember, as it is at first.
#[hook]
pub(crate) fn use_local<T: 'static>(first: impl FnOnce() -> T) -> Local<T> {
    Local { value: use_mut_ref(first), update: use_force_update() }
}

/// Something large that never changes: equal to itself alone, so that nothing is compared and
/// nothing copied.
#[derive(Debug)]
pub(crate) struct Shared<T>(Rc<T>);

impl<T> Shared<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Rc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
