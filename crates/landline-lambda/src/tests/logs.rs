//! START, END, REPORT, and what a function prints between them.

use super::{Fixture, eventually};

#[tokio::test]
async fn lines_reach_the_log_in_order_between_start_and_report() {
    let fixture = Fixture::new().await;
    let code = "import sys\ndef handler(event, context):\n    print('one')\n    print('two', file=sys.stderr)\n    print('three')\n";
    fixture.deploy("print", "python3.12", "app.py", code).await;
    let mut tap = fixture.lambda.follow_logs();
    let tail = fixture.invoke_with_tail("print", "{}").await.tail;
    let lines: Vec<_> = tail.lines().collect();
    assert!(lines[0].starts_with("START RequestId: ") && lines[0].ends_with(" Version: $LATEST"));
    assert_eq!(lines[1..4], ["one", "two", "three"]);
    assert!(lines[4].starts_with("END RequestId: "));
    assert!(lines[5].starts_with("REPORT RequestId: "), "{}", lines[5]);
    assert!(
        lines[5].contains("\tMemory Size: 128 MB\tMax Memory Used: "),
        "{}",
        lines[5]
    );
    assert!(lines[5].contains("\tInit Duration: "), "{}", lines[5]);
    eventually("the lines are stored", || fixture.stored.lock().len() == 6).await;
    assert_eq!(*fixture.stored.lock(), lines);
    let batch = tap.recv().await.unwrap();
    assert_eq!(&*batch.function_name, "print");
    assert_eq!(&*batch.log_group, "/aws/lambda/print");
}

#[tokio::test]
async fn the_tail_is_the_last_four_kilobytes() {
    let fixture = Fixture::new().await;
    let code = "def handler(event, context):\n    for n in range(1000): print(f'line {n}')\n";
    fixture.deploy("long", "python3.12", "app.py", code).await;
    let tail = fixture.invoke_with_tail("long", "{}").await.tail;
    assert_eq!(tail.len(), 4096);
    assert!(tail.contains("line 999\n"));
}

#[tokio::test]
async fn what_waits_is_stored_at_shutdown() {
    let fixture = Fixture::new().await;
    let code = "def handler(event, context):\n    print('last words')\n";
    fixture.deploy("last", "python3.12", "app.py", code).await;
    fixture.invoke("last", "{}").await;
    fixture.lambda.shutdown().await;
    assert!(
        fixture
            .stored
            .lock()
            .iter()
            .any(|line| line == "last words")
    );
}
