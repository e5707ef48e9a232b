//! A connection that wakes itself goes on in the same turn.
//!
//! Hyper hands a request's body from one part of its task to another, and each part wakes the task for the other one. To
//! the scheduler that is new work: it puts the task at the end of its queue and wakes a second thread to look for it. On
//! a connection that is alone, that costs more than the request.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::task::AtomicWaker;

/// Runs `future`, and polls it again at once when it was woken while it was polled.
pub(super) async fn in_one_turn<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let turn = Arc::new(Turn::default());
    let waker = Waker::from(Arc::clone(&turn));
    poll_fn(|task| {
        turn.task.register(task.waker());
        for _ in 0..POLLS_IN_A_TURN {
            turn.begin();
            let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
            if polled.is_ready() || turn.ends() {
                return polled;
            }
        }
        // Others have their turn.
        turn.rest();
        task.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

/// Who is woken: the task, unless it is at work.
#[derive(Default)]
struct Turn {
    task: AtomicWaker,
    /// Only ever swapped, never just stored: who wakes has something to show, and either the future is polled after that
    /// or the wake-up is seen.
    state: AtomicU8,
}

impl Turn {
    fn begin(&self) {
        self.state.swap(POLLED, Ordering::AcqRel);
    }

    /// Whether nobody has woken the future since the turn began: wake-ups are the task's from now on.
    fn ends(&self) -> bool {
        let rests =
            self.state
                .compare_exchange(POLLED, AT_REST, Ordering::AcqRel, Ordering::Acquire);
        rests.is_ok()
    }

    fn rest(&self) {
        self.state.swap(AT_REST, Ordering::AcqRel);
    }
}

impl Wake for Turn {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.state.fetch_or(WOKEN, Ordering::AcqRel) == AT_REST {
            self.task.wake();
        }
    }
}

const AT_REST: u8 = 0;
const POLLED: u8 = 1;
/// A bit beside the others.
const WOKEN: u8 = 2;

/// A request takes two or three; one connection with many of them waiting must not keep others from theirs.
const POLLS_IN_A_TURN: usize = 8;

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::sync::atomic::AtomicUsize;

    use super::*;

    /// Counts how often a task is woken.
    #[derive(Default)]
    struct Task(AtomicUsize);

    impl Wake for Task {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Polls once; how it went, and how often the task was woken by that.
    fn poll<T>(task: &Arc<Task>, future: std::pin::Pin<&mut impl Future<Output = T>>) -> Poll<T> {
        future.poll(&mut Context::from_waker(&Waker::from(Arc::clone(task))))
    }

    #[test]
    fn a_future_that_wakes_itself_goes_on_without_its_task() {
        let polls = Cell::new(0);
        let future = in_one_turn(poll_fn(|context| {
            polls.set(polls.get() + 1);
            if polls.get() == 3 {
                return Poll::Ready("done");
            }
            context.waker().wake_by_ref();
            Poll::Pending
        }));
        let task = Arc::new(Task::default());
        assert_eq!(poll(&task, pin!(future)), Poll::Ready("done"));
        assert_eq!(task.0.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn a_future_that_never_rests_lets_others_have_their_turn() {
        let polls = Cell::new(0);
        let future = in_one_turn(poll_fn(|context| {
            polls.set(polls.get() + 1);
            context.waker().wake_by_ref();
            Poll::<()>::Pending
        }));
        let task = Arc::new(Task::default());
        assert!(poll(&task, pin!(future)).is_pending());
        assert_eq!(polls.get(), POLLS_IN_A_TURN);
        assert_eq!(task.0.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn a_future_at_rest_is_woken_by_its_task() {
        let kept = RefCell::new(None);
        let future = in_one_turn(poll_fn(|context| {
            *kept.borrow_mut() = Some(context.waker().clone());
            Poll::<()>::Pending
        }));
        let mut future = pin!(future);
        let task = Arc::new(Task::default());
        for woken in 1..3 {
            assert!(poll(&task, future.as_mut()).is_pending());
            kept.borrow_mut().take().unwrap().wake();
            assert_eq!(task.0.load(Ordering::Relaxed), woken);
        }
    }
}
