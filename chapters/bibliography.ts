/** Something a chapter leans on. */
export interface BibliographyEntry {
  /** What the reader sees, by language. */
  zh: string;
  en: string;
  /** Where it can be read, by language where that differs; absent for a place in the article itself. */
  href?: string;
  hrefZh?: string;
}

const d2l = (section: string, chapter = 'convolutional-neural-networks'): { href: string; hrefZh: string } => ({
  href: `https://d2l.ai/chapter_${chapter}/${section}.html`,
  hrefZh: `https://zh.d2l.ai/chapter_${chapter}/${section}.html`,
});

export const bibliography = {
  'article-listing-5.2': { zh: '原文 5.2 节的代码', en: 'The article’s own listing, section 5.2' },
  'article-listing-6.1': { zh: '原文 6.1 节的代码', en: 'The article’s own listing, section 6.1' },
  'article-listing-6.3': { zh: '原文 6.3 节的代码', en: 'The article’s own listing, section 6.3' },
  'd2l-why-conv': {
    zh: '《动手学深度学习》“从全连接层到卷积”',
    en: 'Dive into Deep Learning, “From Fully Connected Layers to Convolutions”',
    ...d2l('why-conv'),
  },
  'd2l-conv-layer': {
    zh: '《动手学深度学习》“图像卷积”',
    en: 'Dive into Deep Learning, “Convolutions for Images”',
    ...d2l('conv-layer'),
  },
  'd2l-padding-and-strides': {
    zh: '《动手学深度学习》“填充和步幅”',
    en: 'Dive into Deep Learning, “Padding and Stride”',
    ...d2l('padding-and-strides'),
  },
  'd2l-channels': {
    zh: '《动手学深度学习》“多输入多输出通道”',
    en: 'Dive into Deep Learning, “Multiple Input and Multiple Output Channels”',
    ...d2l('channels'),
  },
  'd2l-lenet': {
    zh: '《动手学深度学习》“卷积神经网络（LeNet）”',
    en: 'Dive into Deep Learning, “Convolutional Neural Networks (LeNet)”',
    ...d2l('lenet'),
  },
  'goodfellow-2016-9': {
    zh: 'Goodfellow 等《深度学习》第 9 章',
    en: 'Goodfellow et al., Deep Learning, chapter 9',
    href: 'https://www.deeplearningbook.org/contents/convnets.html',
  },
  'dumoulin-2016': {
    zh: 'Dumoulin、Visin，2016，arXiv:1603.07285',
    en: 'Dumoulin and Visin 2016, arXiv:1603.07285',
    href: 'https://arxiv.org/abs/1603.07285',
  },
  'lecun-1998': {
    zh: 'LeCun 等，1998',
    en: 'LeCun et al. 1998',
    href: 'https://doi.org/10.1109/5.726791',
  },
  'kingma-2015': {
    zh: 'Kingma、Ba，2015，arXiv:1412.6980',
    en: 'Kingma and Ba 2015, arXiv:1412.6980',
    href: 'https://arxiv.org/abs/1412.6980',
  },
  'd2l-rnn': {
    zh: '《动手学深度学习》“循环神经网络”',
    en: 'Dive into Deep Learning, “Recurrent Neural Networks”',
    ...d2l('rnn', 'recurrent-neural-networks'),
  },
  'd2l-rnn-scratch': {
    zh: '《动手学深度学习》“循环神经网络的从零开始实现”',
    en: 'Dive into Deep Learning, “Recurrent Neural Network Implementation from Scratch”',
    ...d2l('rnn-scratch', 'recurrent-neural-networks'),
  },
  'goodfellow-2016-10': {
    zh: 'Goodfellow 等《深度学习》第 10 章',
    en: 'Goodfellow et al., Deep Learning, chapter 10',
    href: 'https://www.deeplearningbook.org/contents/rnn.html',
  },
  'goldberg-2016': {
    zh: 'Goldberg，2016，arXiv:1510.00726',
    en: 'Goldberg 2016, arXiv:1510.00726',
    href: 'https://arxiv.org/abs/1510.00726',
  },
  'shannon-1951': {
    zh: 'Shannon，1951',
    en: 'Shannon 1951',
    href: 'https://doi.org/10.1002/j.1538-7305.1951.tb01366.x',
  },
  'werbos-1990': {
    zh: 'Werbos，1990',
    en: 'Werbos 1990',
    href: 'https://doi.org/10.1109/5.58337',
  },
  'bengio-1994': {
    zh: 'Bengio 等，1994',
    en: 'Bengio et al. 1994',
    href: 'https://doi.org/10.1109/72.279181',
  },
  'kneser-1995': {
    zh: 'Kneser、Ney，1995',
    en: 'Kneser and Ney 1995',
    href: 'https://doi.org/10.1109/ICASSP.1995.479394',
  },
  'hochreiter-1997': {
    zh: 'Hochreiter、Schmidhuber，1997',
    en: 'Hochreiter and Schmidhuber 1997',
    href: 'https://doi.org/10.1162/neco.1997.9.8.1735',
  },
  'gers-2000': {
    zh: 'Gers 等，2000',
    en: 'Gers et al. 2000',
    href: 'https://doi.org/10.1162/089976600300015015',
  },
  'bengio-2009': {
    zh: 'Bengio 等，2009',
    en: 'Bengio et al. 2009',
    href: 'https://doi.org/10.1145/1553374.1553380',
  },
  'pascanu-2013': {
    zh: 'Pascanu 等，2013，arXiv:1211.5063',
    en: 'Pascanu et al. 2013, arXiv:1211.5063',
    href: 'https://arxiv.org/abs/1211.5063',
  },
  'cho-2014': {
    zh: 'Cho 等，2014，arXiv:1406.1078',
    en: 'Cho et al. 2014, arXiv:1406.1078',
    href: 'https://arxiv.org/abs/1406.1078',
  },
  'jozefowicz-2015': {
    zh: 'Jozefowicz 等，2015',
    en: 'Jozefowicz et al. 2015',
    href: 'https://proceedings.mlr.press/v37/jozefowicz15.html',
  },
  'karpathy-2015': {
    zh: 'Karpathy 等，2015，arXiv:1506.02078',
    en: 'Karpathy et al. 2015, arXiv:1506.02078',
    href: 'https://arxiv.org/abs/1506.02078',
  },
  'vaswani-2017': {
    zh: 'Vaswani 等，2017，arXiv:1706.03762',
    en: 'Vaswani et al. 2017, arXiv:1706.03762',
    href: 'https://arxiv.org/abs/1706.03762',
  },
  'gu-2023': {
    zh: 'Gu、Dao，2023，arXiv:2312.00752',
    en: 'Gu and Dao 2023, arXiv:2312.00752',
    href: 'https://arxiv.org/abs/2312.00752',
  },
  'joulin-2016': {
    zh: 'Joulin 等，2016，arXiv:1607.01759',
    en: 'Joulin et al. 2016, arXiv:1607.01759',
    href: 'https://arxiv.org/abs/1607.01759',
  },
  'larson-2019': {
    zh: 'Larson 等，2019，arXiv:1909.02027',
    en: 'Larson et al. 2019, arXiv:1909.02027',
    href: 'https://arxiv.org/abs/1909.02027',
  },
  'hidasi-2016': {
    zh: 'Hidasi 等，2016，arXiv:1511.06939',
    en: 'Hidasi et al. 2016, arXiv:1511.06939',
    href: 'https://arxiv.org/abs/1511.06939',
  },
  'covington-2016': {
    zh: 'Covington 等，2016',
    en: 'Covington et al. 2016',
    href: 'https://doi.org/10.1145/2959100.2959190',
  },
  'kang-2018': {
    zh: 'Kang、McAuley，2018，arXiv:1808.09781',
    en: 'Kang and McAuley 2018, arXiv:1808.09781',
    href: 'https://arxiv.org/abs/1808.09781',
  },
  'ludewig-2018': {
    zh: 'Ludewig、Jannach，2018，arXiv:1803.09587',
    en: 'Ludewig and Jannach 2018, arXiv:1803.09587',
    href: 'https://arxiv.org/abs/1803.09587',
  },
  'chaney-2018': {
    zh: 'Chaney 等，2018，arXiv:1710.11214',
    en: 'Chaney et al. 2018, arXiv:1710.11214',
    href: 'https://arxiv.org/abs/1710.11214',
  },
  'qiu-2020': {
    zh: '邱锡鹏《神经网络与深度学习》',
    en: 'Qiu, Neural Networks and Deep Learning (in Chinese)',
    href: 'https://nndl.github.io/',
  },
} as const satisfies Readonly<Record<string, BibliographyEntry>>;

export type BibliographyId = keyof typeof bibliography;
