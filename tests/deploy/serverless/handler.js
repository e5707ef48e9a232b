exports.connect = async () => ({ statusCode: 200 });

exports.echo = async (event) => ({ statusCode: 200, body: JSON.parse(event.body).data });

exports.told = async (event) => console.log("told by", event.source ?? event.Records[0].EventSource);
