//! One operation's input and output, in whichever protocol its service speaks.

use bytes::Bytes;

use super::detect::Target;
use super::spoken::Spoken;
use super::{Request, Response, cbor, error, former_query, json, query, rest};
use crate::shape::{DecodeError, Decoder, Dialect, Naming, Node, Structure};
use crate::{Operation, OperationMeta, Protocol, ServiceError, ServiceMeta, validate};

/// Reads the operation's input from a request and checks it against the model.
pub(crate) fn decode_input<Op: Operation>(
    request: &Request,
    target: &Target,
) -> Result<Op::Input, ServiceError> {
    let meta = Op::META;
    let mut decoder = Decoder::speaking(dialect(meta.service), Naming::Wire);
    let decoded = match meta.service.protocol {
        _ if target.spoken == Spoken::Cbor => {
            cbor::decode::<Op::Input>(request.body(), &mut decoder)
        }
        Protocol::RestJson => rest::decode::<Op::Input>(request, target, &mut decoder),
        _ if target.spoken == Spoken::FormerQuery => {
            former_query::decode::<Op::Input>(request, meta.name, &mut decoder)
        }
        Protocol::Json { .. } => json::decode::<Op::Input>(request.body(), &mut decoder),
        Protocol::Query { .. } => query::decode::<Op::Input>(request, &mut decoder),
        Protocol::RestXml { .. } => return Err(own_door(meta)),
    };
    let input = decoded.map_err(|error| unreadable(meta, &error))?;
    if let Some(words) = decoder.own_words() {
        return Err(ServiceError::new(meta.service.validation_code, 400, words));
    }
    if !decoder.violations().is_empty() {
        return Err(validate::refusal(meta.service, decoder.violations()));
    }
    Ok(input)
}

/// S3 reads its requests itself: a body may be larger than memory.
fn own_door(meta: &OperationMeta) -> ServiceError {
    let text = format!("{} is not called this way.", meta.name);
    ServiceError::new("NotImplemented", 501, text)
}

/// Only DynamoDB is known to be exact, and to be asked about it by tests.
fn dialect(service: &ServiceMeta) -> Dialect {
    match service.protocol.dynamodb_version() {
        Some(version) => Dialect::Coral { version },
        None => Dialect::Forgiving,
    }
}

/// What AWS answers to a body that is not what the model says.
fn unreadable(meta: &OperationMeta, error: &DecodeError) -> ServiceError {
    match meta.service.protocol {
        Protocol::Query { .. } => ServiceError::new("MalformedInput", 400, error.message.clone()),
        Protocol::RestJson if meta.service.signing_name == "apigateway" => {
            ServiceError::new("BadRequestException", 400, "Invalid request input")
        }
        _ => ServiceError::new("SerializationException", 400, error.message.clone()),
    }
}

/// Writes the operation's output.
pub(crate) fn encode_output<Op: Operation>(
    output: &Op::Output,
    spoken: Spoken,
    request_id: &str,
) -> Response {
    let meta = Op::META;
    match meta.service.protocol {
        _ if spoken == Spoken::Cbor => cbor::respond(output, meta),
        _ if spoken == Spoken::FormerQuery => former_query::respond(output, meta, request_id),
        Protocol::RestJson => rest::encode(output, meta.status),
        Protocol::Json {
            content_version, ..
        } => json::respond(output, meta, content_version),
        Protocol::Query { xml_namespace, .. } => {
            query::respond(output, meta, xml_namespace, request_id)
        }
        Protocol::RestXml { .. } => error::render(meta.service, &own_door(meta), request_id),
    }
}

/// An operation's codec with its types forgotten, for the tests that compare the
/// generated operations with an SDK, one by one.
#[derive(Debug, Clone, Copy)]
pub struct OperationCodec {
    /// Decodes a request, and writes the input as JSON in the SDK's names.
    pub input_as_json: fn(&Request, &Target) -> Result<Vec<u8>, ServiceError>,
    /// Reads an output as JSON in the SDK's names, and answers as the operation would.
    pub output_from_json: fn(&Bytes) -> Result<Response, DecodeError>,
}

impl OperationCodec {
    pub(crate) const fn of<Op: Operation>() -> Self {
        Self {
            input_as_json: |request, target| {
                let input = decode_input::<Op>(request, target)?;
                Ok(json::to_vec(&input, Naming::Sdk))
            },
            output_from_json: |document| {
                let mut decoder = Decoder::new(Naming::Sdk);
                let node =
                    Node::from_json(document).map_err(|error| decoder.error(error.to_string()))?;
                let output = decode::<Op::Output>(node, &mut decoder)?;
                Ok(encode_output::<Op>(
                    &output,
                    Spoken::Own,
                    "00000000-0000-4000-8000-000000000000",
                ))
            },
        }
    }
}

fn decode<S: Structure>(node: Node<'_>, decoder: &mut Decoder) -> Result<S, DecodeError> {
    S::decode(node, decoder)
}
