//! S3 behind the front door: who asks is found out, then S3 answers.

use http::Request;
use landline_s3::{RequestBody, S3, Sender, is_form};
use landline_wire::sigv4::SignedPolicy;

use crate::front_door::callers::Callers;
use crate::front_door::{Arrival, Response};
use crate::services::boxed;

/// Answers a request for a bucket or an object.
pub(crate) async fn serve(
    s3: &S3,
    callers: &Callers,
    request: Request<RequestBody>,
    arrival: Arrival,
) -> Response {
    if is_form(&request) {
        let anonymous = callers.anonymous(&request, arrival);
        let identify = |signed: &SignedPolicy<'_>| {
            let identified = callers.identify_form(&anonymous, signed);
            identified.map(Sender::Signed)
        };
        return boxed(s3.serve_form(request, identify).await);
    }
    let answer = match callers.identify_for_s3(&request, arrival) {
        Ok((sender, payload)) => s3.serve(request, sender, payload).await,
        Err(refusal) => {
            let anonymous = callers.anonymous(&request, arrival);
            s3.refuse(&request, &refusal, &anonymous.request_id)
        }
    };
    boxed(answer)
}
