//! Queues through the query protocol, as older SDKs and integrations of API Gateway speak it.

use bytes::Bytes;
use landline_wire::Caller;
use landline_wire::protocol::{self, Request};

use super::Fixture;

impl Fixture {
    /// Sends a form to a path; the status and the document that come back.
    async fn form(&self, path: &str, form: &'static str) -> (u16, String) {
        let mut request = Request::new(Bytes::from_static(form.as_bytes()));
        *request.method_mut() = "POST".parse().unwrap();
        *request.uri_mut() = path.parse().unwrap();
        let kind = "application/x-www-form-urlencoded".parse().unwrap();
        request.headers_mut().insert("content-type", kind);
        let caller = Caller::root("000000000000", "eu-west-1");
        let answer = protocol::serve(&self.dispatcher, request, Some("sqs"), &caller).await;
        let text = String::from_utf8(answer.body().to_vec()).unwrap();
        (answer.status().as_u16(), text)
    }
}

#[track_caller]
fn holds(document: &str, part: &str) {
    assert!(document.contains(part), "{part} is not in {document}");
}

#[tokio::test]
async fn a_form_sends_to_the_queue_of_its_path() {
    let fixture = Fixture::new();
    fixture.create("q", &[]).await.unwrap();
    let form = "Action=SendMessage&MessageBody=a%3Cb&MessageAttribute.1.Name=id&MessageAttribute.1.Value.StringValue=x&MessageAttribute.1.Value.DataType=String";
    let (status, sent) = fixture.form("/000000000000/q", form).await;
    assert_eq!(status, 200, "{sent}");
    holds(
        &sent,
        "<SendMessageResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><SendMessageResult>",
    );
    holds(
        &sent,
        "</MessageId></SendMessageResult><ResponseMetadata><RequestId>",
    );

    let form = "Action=ReceiveMessage&AttributeName.1=All&MessageAttributeName.1=All";
    let (_, received) = fixture.form("/000000000000/q", form).await;
    holds(&received, "<ReceiveMessageResult><Message>");
    holds(&received, "<Body>a&lt;b</Body>");
    holds(
        &received,
        "<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>",
    );
    holds(
        &received,
        "<MessageAttribute><Name>id</Name><Value><StringValue>x</StringValue><DataType>String</DataType></Value></MessageAttribute>",
    );
}

#[tokio::test]
async fn a_form_sets_and_reads_attributes_and_tags() {
    let fixture = Fixture::new();
    let form = "Action=CreateQueue&Version=2012-11-05&QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=7&Tag.1.Key=a&Tag.1.Value=b";
    let (_, made) = fixture.form("/", form).await;
    holds(
        &made,
        "<QueueUrl>http://127.0.0.1:8080/000000000000/q</QueueUrl>",
    );
    let form = "Action=SetQueueAttributes&Attribute.Name=VisibilityTimeout&Attribute.Value=9";
    let (_, set) = fixture.form("/000000000000/q", form).await;
    holds(&set, "/\"><ResponseMetadata>");
    let form =
        "Action=GetQueueAttributes&AttributeName.1=DelaySeconds&AttributeName.2=VisibilityTimeout";
    let (_, read) = fixture.form("/000000000000/q", form).await;
    for part in [
        "<Name>DelaySeconds</Name><Value>7</Value>",
        "<Value>9</Value>",
    ] {
        holds(&read, part);
    }
    let (_, tags) = fixture
        .form("/000000000000/q", "Action=ListQueueTags")
        .await;
    holds(&tags, "<Tag><Key>a</Key><Value>b</Value></Tag>");
}

#[tokio::test]
async fn a_batch_of_a_form_has_entries_of_its_own_name() {
    let fixture = Fixture::new();
    fixture.create("q", &[]).await.unwrap();
    let form = "Action=SendMessageBatch&SendMessageBatchRequestEntry.1.Id=one&SendMessageBatchRequestEntry.1.MessageBody=1&SendMessageBatchRequestEntry.2.Id=two&SendMessageBatchRequestEntry.2.MessageBody=2";
    let (_, sent) = fixture.form("/000000000000/q", form).await;
    holds(&sent, "<SendMessageBatchResultEntry><Id>one</Id>");
    holds(&sent, "<SendMessageBatchResultEntry><Id>two</Id>");
}

#[tokio::test]
async fn a_refusal_has_the_code_of_the_query_protocol() {
    let fixture = Fixture::new();
    let form = "Action=SendMessage&MessageBody=x";
    let (status, refused) = fixture.form("/000000000000/nobodys", form).await;
    assert_eq!(status, 400);
    holds(
        &refused,
        "<Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code>",
    );
}
