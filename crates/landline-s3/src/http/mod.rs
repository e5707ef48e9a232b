//! S3's protocol: a request's head and body in, an answer out.
//!
//! 1. [`operation`]: which operation a method, a path and a query mean;
//! 2. [`access`]: whether one who did not sign may ask for it; [`roles`]: whether a role may;
//! 3. a file per family: `buckets`, `settings`, `listing`, `objects`, `reading`, `copying`,
//!    `multipart`, `deletion`;
//! 4. [`post`]: the forms of browsers, which are signed among their fields;
//! 5. [`website`] and [`cors`]: what browsers get.

pub(crate) mod about;
mod access;
mod answer;
mod attribute_parts;
mod buckets;
mod conditions;
mod copying;
mod cors;
mod deletion;
mod listing;
mod locks;
mod multipart;
mod objects;
mod operation;
mod post;
mod query;
mod reading;
mod roles;
mod settings;
mod uploads;
mod website;

use http::request::Parts;
use http::{HeaderMap, Method, Request, Response, Uri};
use landline_wire::sigv4::SignedPolicy;
use landline_wire::{Caller, ServiceError, request_id};

use crate::address::{self, Endpoint};
use crate::body::receive::{self, Expected};
use crate::body::{Payload, RequestBody, ResponseBody};
use crate::error::{malformed_xml, method_not_allowed, not_implemented};
use crate::quotas::DOCUMENT_BYTES_MAX;
use crate::service::S3;
pub(crate) use answer::{NAMESPACE, quoted};
use operation::Operation;
pub use post::is_form;
use query::Query;

/// Who asks.
#[derive(Debug, Clone)]
pub enum Sender {
    /// Somebody who did not sign: a browser, mostly.
    Anonymous,
    /// The owner, or one of the owner's functions.
    Signed(Caller),
}

/// The answer to one request.
pub(crate) type Answer = Response<ResponseBody>;

/// One request, as the operations see it.
pub(crate) struct Call<'a> {
    pub(crate) s3: &'a S3,
    pub(crate) parts: &'a Parts,
    pub(crate) query: Query,
    pub(crate) bucket: &'a str,
    pub(crate) key: &'a str,
    pub(crate) sender: &'a Sender,
    pub(crate) request_id: &'a str,
}

/// A body that nobody has read yet.
pub(crate) struct Incoming {
    pub(crate) body: RequestBody,
    pub(crate) payload: Payload,
}

impl S3 {
    /// Answers one request. Its signature has been looked at: `sender` is who it proves,
    /// `payload` what it says of the body.
    pub async fn serve(
        &self,
        request: Request<RequestBody>,
        sender: Sender,
        payload: Payload,
    ) -> Response<ResponseBody> {
        let (parts, body) = request.into_parts();
        let host = host(&parts.uri, &parts.headers);
        let address = address::read(&host, parts.uri.path());
        let request_id = match &sender {
            Sender::Signed(caller) => caller.request_id.to_string(),
            Sender::Anonymous => request_id::uuid(),
        };
        let call = Call {
            s3: self,
            query: Query::parse(parts.uri.query().unwrap_or_default()),
            parts: &parts,
            bucket: &address.bucket,
            key: &address.key,
            sender: &sender,
            request_id: &request_id,
        };
        let mut answer = match address.endpoint {
            Endpoint::Website => website::serve(&call),
            Endpoint::Api => {
                let answered = call.answer(Incoming { body, payload }).await;
                answered
                    .unwrap_or_else(|refusal| answer::refusal(&parts.method, &refusal, &request_id))
            }
        };
        call.finish(&mut answer);
        answer
    }

    /// Answers a request that [`is_form`]. `identify` says who signed its policy, which is
    /// only known when the form has been read so far.
    pub async fn serve_form(
        &self,
        request: Request<RequestBody>,
        identify: impl Fn(&SignedPolicy<'_>) -> Result<Sender, ServiceError>,
    ) -> Response<ResponseBody> {
        let (parts, body) = request.into_parts();
        let host = host(&parts.uri, &parts.headers);
        let address = address::read(&host, parts.uri.path());
        let call = Call {
            s3: self,
            query: Query::default(),
            parts: &parts,
            bucket: &address.bucket,
            key: &address.key,
            sender: &Sender::Anonymous,
            request_id: &request_id::uuid(),
        };
        let answered = post::object(&call, body, identify).await;
        let mut answer = answered
            .unwrap_or_else(|refusal| answer::refusal(&parts.method, &refusal, call.request_id));
        call.finish(&mut answer);
        answer
    }

    /// Answers a request whose signature is refused.
    pub fn refuse<B>(
        &self,
        request: &Request<B>,
        refusal: &ServiceError,
        request_id: &str,
    ) -> Response<ResponseBody> {
        let mut answer = answer::refusal(request.method(), refusal, request_id);
        answer::identify(&mut answer, request_id);
        answer
    }
}

/// The host that a request is for.
fn host(uri: &Uri, headers: &HeaderMap) -> String {
    let host = uri.authority().map(http::uri::Authority::as_str);
    let header = || headers.get(http::header::HOST)?.to_str().ok();
    host.or_else(header).unwrap_or_default().to_owned()
}

impl Call<'_> {
    async fn answer(&self, incoming: Incoming) -> Result<Answer, ServiceError> {
        if self.parts.method == Method::OPTIONS {
            return cors::preflight(self);
        }
        let operation = operation::detect(self)?;
        tracing::debug!(?operation, bucket = self.bucket, "s3 call");
        access::check(self, operation)?;
        roles::check(self, operation).await?;
        match operation {
            Operation::ListBuckets => buckets::list(self),
            Operation::CreateBucket => buckets::create(self, incoming).await,
            Operation::HeadBucket => buckets::head(self),
            Operation::DeleteBucket => buckets::delete(self).await,
            Operation::GetBucketLocation => buckets::location(self),
            Operation::GetBucketVersioning => buckets::versioning(self),
            Operation::PutBucketVersioning => buckets::put_versioning(self, incoming).await,
            Operation::GetBucketAcl => buckets::acl(self),
            Operation::PutBucketAcl => buckets::put_acl(self).await,
            Operation::GetBucketPolicyStatus => buckets::policy_status(self),
            Operation::GetSetting(setting) => settings::get(self, setting),
            Operation::PutSetting(setting) => settings::put(self, setting, incoming).await,
            Operation::DeleteSetting(setting) => settings::delete(self, setting).await,
            Operation::ListObjects => listing::objects(self).await,
            Operation::ListObjectsV2 => listing::objects_v2(self).await,
            Operation::ListObjectVersions => listing::versions(self).await,
            Operation::ListMultipartUploads => uploads::list(self).await,
            Operation::DeleteObjects => deletion::many(self, incoming).await,
            Operation::PutObject => objects::put(self, incoming).await,
            Operation::CopyObject => copying::object(self).await,
            Operation::GetObject | Operation::HeadObject => reading::read(self),
            Operation::DeleteObject => deletion::one(self).await,
            Operation::GetObjectAttributes => objects::attributes(self),
            Operation::GetObjectAcl => objects::acl(self),
            Operation::PutObjectAcl => objects::put_acl(self).await,
            Operation::GetObjectRetention => locks::retention(self),
            Operation::PutObjectRetention => locks::put_retention(self, incoming).await,
            Operation::GetObjectLegalHold => locks::hold(self),
            Operation::PutObjectLegalHold => locks::put_hold(self, incoming).await,
            Operation::GetObjectTagging => objects::tagging(self),
            Operation::PutObjectTagging => objects::put_tagging(self, incoming).await,
            Operation::DeleteObjectTagging => objects::delete_tagging(self).await,
            Operation::CreateMultipartUpload => multipart::create(self).await,
            Operation::UploadPart => multipart::upload_part(self, incoming).await,
            Operation::UploadPartCopy => copying::part(self).await,
            Operation::CompleteMultipartUpload => multipart::complete(self, incoming).await,
            Operation::AbortMultipartUpload => multipart::abort(self).await,
            Operation::ListParts => uploads::list_parts(self),
            Operation::MethodNotAllowed(resource) => {
                Err(method_not_allowed(self.parts.method.as_str(), resource))
            }
            Operation::Unknown(parameter) => Err(not_implemented(parameter)),
        }
    }

    /// A header field's value, when it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.parts.headers.get(name)?.to_str().ok()
    }

    /// Reads a body that is a document.
    pub(crate) async fn document(&self, incoming: Incoming) -> Result<String, ServiceError> {
        let expected = Expected::of(&self.parts.headers, &incoming.payload)?;
        let (body, payload) = (incoming.body, incoming.payload);
        let bytes = receive::into_memory(body, payload, &expected, DOCUMENT_BYTES_MAX).await?;
        String::from_utf8(bytes.to_vec()).map_err(|_| malformed_xml())
    }

    fn finish(&self, answer: &mut Answer) {
        answer::identify(answer, self.request_id);
        cors::allow(self, answer.headers_mut());
    }
}
