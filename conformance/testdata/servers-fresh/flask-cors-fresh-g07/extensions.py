from flask_cors import CORS
cors = CORS(supports_credentials=True)
