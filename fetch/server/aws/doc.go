// Package aws reads the CORS rules of buckets of Amazon S3 and the CORS
// configuration of HTTP APIs of Amazon API Gateway, and answers requests as these
// services do.
//
// The rules of a bucket may be as JSON (a list of rules, or an object with
// CORSRules), as XML (CORSConfiguration), or in a template of CloudFormation
// (CorsRules). The configuration of an API may be in a template of CloudFormation
// or SAM (CorsConfiguration), in an OpenAPI document (x-amazon-apigateway-cors), or
// alone, as the AWS CLI takes it. Values of a template that are known only when it is
// deployed, such as !Ref, are taken from server.Source.Set or from the default of the
// parameter, and are otherwise not known.
//
// Neither service was run: the answers are derived from documents, and the model says
// so. Where the documents do not say which status is sent, the status is not known.
//
// # Documents
//
//   - S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html,
//     testing-cors.html and cors-troubleshooting.html beside it, and
//     https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html. What they
//     leave open, such as which headers the answer to an actual request has, is taken
//     from the server https://github.com/scality/cloudserver, which has the same
//     interface: lib/api/apiUtils/object/corsResponse.js,
//     lib/api/apiUtils/bucket/bucketCors.js and lib/api/corsPreflight.js.
//   - API Gateway: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
//     and https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapicorsconfiguration.html,
//     and samtranslator/model/api/http_api_generator.py of
//     https://github.com/aws/serverless-application-model
package aws
