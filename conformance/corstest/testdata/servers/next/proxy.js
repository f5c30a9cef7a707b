{{recipe}}
