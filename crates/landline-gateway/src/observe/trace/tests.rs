//! The two spellings of a trace.

use super::*;

const W3C: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const AMAZON: &str = "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1";

#[test]
fn both_spellings_name_the_same_place() {
    let context = TraceContext::from_traceparent(W3C).unwrap();
    assert_eq!(TraceContext::from_amazon(AMAZON), Some(context));
    assert_eq!(context.traceparent(), W3C);
    assert_eq!(context.amazon(), AMAZON);
}

#[test]
fn a_child_stays_in_its_trace() {
    let context = TraceContext::from_traceparent(W3C).unwrap();
    let child = context.child();
    assert_eq!(child.trace_id, context.trace_id);
    assert_ne!(child.span_id, context.span_id);
}

#[test]
fn what_is_no_trace_is_none() {
    for text in [
        "",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
    ] {
        assert_eq!(TraceContext::from_traceparent(text), None, "{text}");
    }
    for text in [
        "",
        "Root=",
        "Root=2-0af76519-16cd43dd8448eb211c80319c",
        "Parent=1",
    ] {
        assert_eq!(TraceContext::from_amazon(text), None, "{text}");
    }
}
