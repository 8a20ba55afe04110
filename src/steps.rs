//! Work that a page does in steps, so that it can answer in between: pauses in an `async` function, and what runs it.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// The end of a step: whoever runs the function decides when it goes on.
pub fn pause() -> impl Future<Output = ()> {
    struct Pause(bool);
    impl Future for Pause {
        type Output = ();
        fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
            if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
        }
    }
    Pause(false)
}

/// So many clauses are read between two pauses: two milliseconds of a phone's time, ten where it is slow.
const AT_ONCE: usize = 64;

/// The end of a step behind every so many members of a row that may be long.
pub async fn beat(member: usize) {
    if member % AT_ONCE == AT_ONCE - 1 {
        pause().await;
    }
}

/// One step more; its result with the last one.
#[must_use]
pub fn step<T>(work: Pin<&mut dyn Future<Output = T>>) -> Option<T> {
    match work.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}

/// All steps in one go.
pub fn all<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Some(result) = step(work.as_mut()) {
            return result;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pause_ends_a_step() {
        let mut work = pin!(async {
            pause().await;
            pause().await;
            7
        });
        assert_eq!([0, 1, 2].map(|_| step(work.as_mut())), [None, None, Some(7)]);
        assert_eq!(all(async { pause().await }), ());
        let mut long = pin!(async {
            for member in 0..2 * AT_ONCE {
                beat(member).await;
            }
        });
        assert_eq!([0, 1, 2].map(|_| step(long.as_mut())), [None, None, Some(())]);
    }
}
