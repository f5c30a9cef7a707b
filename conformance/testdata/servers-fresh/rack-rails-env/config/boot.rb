# bundler
